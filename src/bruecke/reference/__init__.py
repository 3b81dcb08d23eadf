"""Reference lists shipped with the program: activities, skills, languages, templates, postcodes."""

from bruecke.reference.activities import activities, activities_by_code
from bruecke.reference.languages import languages
from bruecke.reference.postcodes import is_postcode, locate
from bruecke.reference.skills import skills, skills_by_code, skills_of
from bruecke.reference.templates import templates, templates_by_code

__all__ = [
    "activities",
    "activities_by_code",
    "is_postcode",
    "languages",
    "locate",
    "skills",
    "skills_by_code",
    "skills_of",
    "templates",
    "templates_by_code",
]
