"""Template tags for codes in the words of the user's language: ``{% load code_names %}``."""

from django import template

from fotfeste.casework.selectors import labels

register = template.Library()

register.simple_tag(labels.status_name, name="status_name")
register.simple_tag(labels.code_list_name, name="code_list_name")
