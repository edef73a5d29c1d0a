"""Settings are refused, with the name of the variable, when they are wrong or unsafe."""

import pytest

from confsys import settings

SAFE = {"CONFSYS_SECRET_KEY": "s" * 40}


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "CONFSYS_SECRET_KEY must be set"),
        ({"CONFSYS_SECRET_KEY": "short"}, "at least 32 random characters"),
        ({"CONFSYS_SECRET_KEY": settings.DEMO_SECRET}, "CONFSYS_SECRET_KEY"),
        ({**SAFE, "CONFSYS_MAIL": "outbox"}, "CONFSYS_MAIL=outbox sends nothing"),
        ({**SAFE, "CONFSYS_MAIL_PORT": "many"}, "CONFSYS_MAIL_PORT"),
        ({**SAFE, "CONFSYS_ZONE": "Mars/Olympus"}, "CONFSYS_ZONE: expected an IANA time zone"),
        ({**SAFE, "CONFSYS_BASE_URL": "meeting.example.org"}, "CONFSYS_BASE_URL"),
        ({**SAFE, "CONFSYS_FILE_STORE": "s3"}, "CONFSYS_S3_BUCKET"),
        ({**SAFE, "CONFSYS_DATABASE_URL": "postgres://host/db"}, "postgresql+psycopg"),
        ({**SAFE, "CONFSYS_MISSPELT": "1"}, "CONFSYS_MISSPELT is not a setting"),
    ],
)
def test_refused_with_a_clear_message(environment: dict[str, str], message: str) -> None:
    with pytest.raises(settings.SettingError) as caught:
        settings.read(environment)
    assert message in str(caught.value)


def test_read_from_the_environment() -> None:
    found = settings.read({**SAFE, "CONFSYS_RATE_LIMITS": "no", "CONFSYS_UPLOAD_LIMIT_MB": "20"})
    assert (found.rate_limits, found.upload_limit_mb, found.mode) == (False, 20, "production")


def test_every_setting_is_described() -> None:
    assert all(name.startswith("CONFSYS_") and meaning for name, _default, meaning in settings.described())
