from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fotfeste.config"
    label = "config"
