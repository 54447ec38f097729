import threading

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "fotfeste.kernel"
    label = "kernel"

    def ready(self) -> None:
        """
        Keep which language is spoken with the thread alone.

        Django keeps it where code that is not run thread by thread finds it too, and asking there for every word took a
        tenth of what a list costs (docs/adr/0022). Each request here has a thread to itself, and so has each job.
        """
        from django.utils.translation import trans_real

        trans_real._active = threading.local()  # type: ignore[attr-defined]
