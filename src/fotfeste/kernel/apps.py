from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "fotfeste.kernel"
    label = "kernel"
