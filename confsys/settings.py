"""Every setting of the application: its name, default, meaning, and the environment variable that sets it.

A setting ``mail_server`` is set by ``CONFSYS_MAIL_SERVER``. Values are checked once, when the application is
created; a wrong or unsafe one is refused with a sentence that names the variable.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "CONFSYS_"
MODES = ("production", "demo", "tests")
DEMO_PASSWORD = "confsys-demo"  # noqa: S105  of invented accounts, which load in demo mode only
DEMO_SECRET = "demo mode only, never in production"  # noqa: S105  refused outside demo and tests


DEFAULT_FOLDER = Path("var")


class SettingError(ValueError):
    """A setting is missing, malformed or unsafe; the message names its environment variable."""


def _flag(text: str) -> bool:
    value = text.strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("expected yes or no")


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"expected one of {', '.join(choices)}")
        return text

    return parse


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("expected an IANA time zone such as Asia/Shanghai") from error
    return text


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("expected an address such as https://meeting.example.org")
    return text.rstrip("/")


def _positive(text: str) -> int:
    number = int(text)
    if number <= 0:
        raise ValueError("expected a positive whole number")
    return number


def _currency(text: str) -> str:
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError("expected a currency code such as CNY")
    return text


def _society_code(text: str) -> str:
    if not re.fullmatch(r"[A-Z]\d{2}", text):
        raise ValueError("expected a letter and two digits such as A06")
    return text


def setting(default: Any, meaning: str, parse: Callable[[str], Any] = str, *, secret: bool = False) -> Any:
    """One row of the table below."""
    metadata = {"meaning": meaning, "parse": parse, "secret": secret}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The table. One line a setting: type, default, meaning, how its text is read."""

    mode: str = setting("production", "production, demo (sample data, outbox page) or tests", _one_of(*MODES))
    secret_key: str = setting("", "signs sessions and links; at least 32 characters", secret=True)
    var: Path = setting(DEFAULT_FOLDER, "folder for the default database, files and logs", Path)
    base_url: str = setting("http://localhost:8000", "address people see; used in mail", _base_url)
    society_en: str = setting("Society for Systems and Data", "name of the society in English")
    society_zh: str = setting("系统与数据学会", "name of the society in Chinese")
    society_address: str = setting("", "postal address of the society, on documents")
    society_credit_code: str = setting("", "统一社会信用代码 of the society, on documents")
    zone: str = setting("Asia/Shanghai", "time zone of the society", _zone)
    member_code: str = setting("A00", "the society's code, the first three characters of member numbers", _society_code)
    locale: str = setting("en", "language for visitors who state none: en or zh", _one_of("en", "zh"))

    database_url: str = setting("", "SQLAlchemy address; empty: SQLite in the var folder", secret=True)
    redis_url: str = setting("", "Redis address; empty: embedded (make run) or in process", secret=True)
    queue: str = setting("default", "name of the RQ queue")

    file_store: str = setting("local", "local or s3", _one_of("local", "s3"))
    s3_bucket: str = setting("", "bucket of the S3-compatible store")
    s3_endpoint: str = setting("", "address of the S3-compatible store; empty: the provider's own")
    s3_region: str = setting("us-east-1", "region of the S3-compatible store")
    s3_access_key: str = setting("", "access key of the S3-compatible store", secret=True)
    s3_secret_key: str = setting("", "secret key of the S3-compatible store", secret=True)
    upload_limit_mb: int = setting(50, "largest upload in megabytes", _positive)

    mail: str = setting("smtp", "smtp, or outbox: mail is only shown on a page", _one_of("smtp", "outbox"))
    mail_server: str = setting("localhost", "SMTP server")
    mail_port: int = setting(25, "SMTP port", _positive)
    mail_tls: str = setting("none", "none, starttls or tls", _one_of("none", "starttls", "tls"))
    mail_user: str = setting("", "SMTP user; empty: no sign-in")
    mail_password: str = setting("", "SMTP password", secret=True)
    mail_from: str = setting("no-reply@localhost", "sender of all mail")

    lease_seconds: int = setting(60, "after this silence a job or mail of a dead worker is taken over", _positive)
    dispatch_seconds: float = setting(1.0, "pause of the dispatcher between two looks", float)
    rate_limits: bool = setting(True, "limit sign-in, sign-up, reset and upload rates", _flag)
    require_totp: bool = setting(False, "chairs, treasurers and administrators must use a second factor", _flag)
    trusted_proxies: int = setting(0, "reverse proxies in front whose headers are trusted", int)

    currency: str = setting("CNY", "currency of dues and of new events (ISO 4217)", _currency)
    bank_holder: str = setting("", "holder of the account for bank transfers; empty: the society")
    bank_name: str = setting("", "bank of the account for bank transfers")
    bank_account: str = setting("", "number of the account for bank transfers; empty: no transfers (invented in demo)")
    stripe_secret_key: str = setting(
        "", "Stripe Checkout: secret key; empty: off (needs the extra `stripe`)", secret=True
    )
    stripe_webhook_secret: str = setting("", "Stripe Checkout: signing secret of the webhook", secret=True)
    stripe_api: str = setting("", "Stripe Checkout: another address than Stripe's own, for tests")

    crossref_url: str = setting("", "Crossref deposits: address, such as https://doi.crossref.org; empty: off")
    crossref_user: str = setting("", "Crossref deposits: user")
    crossref_password: str = setting("", "Crossref deposits: password", secret=True)

    orcid_client_id: str = setting("", "ORCID sign-in: client id; empty: off")
    orcid_issuer: str = setting("https://orcid.org", "ORCID sign-in: address of the registry", _base_url)
    orcid_client_secret: str = setting("", "ORCID sign-in: client secret", secret=True)
    oidc_issuer: str = setting("", "OpenID Connect sign-in: issuer address; empty: off")
    oidc_client_id: str = setting("", "OpenID Connect sign-in: client id")
    oidc_client_secret: str = setting("", "OpenID Connect sign-in: client secret", secret=True)
    oidc_name: str = setting("Single sign-on", "OpenID Connect sign-in: words on the button")

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.var.resolve() / 'confsys.db'}"

    @property
    def secure(self) -> bool:
        """True when people reach the product over https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def read(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from ``given``, then the environment, then the defaults.

    Raises SettingError, naming the variable, when a value is malformed, unsafe or unknown.
    """
    environment = os.environ if environment is None else environment
    table = {row.name: row for row in fields(Settings)}
    values: dict[str, Any] = dict(given)
    for name, text in environment.items():
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in table:
            raise SettingError(f"{name} is not a setting of confsys; see `confsys settings`.")
        if key in values:
            continue
        try:
            values[key] = table[key].metadata["parse"](text)
        except ValueError as error:
            raise SettingError(f"{name}: {error}.") from error
    return _checked(Settings(**_with_secret(values)))


def _with_secret(values: dict[str, Any]) -> dict[str, Any]:
    if not values.get("secret_key"):
        if values.get("mode") == "demo":
            values["secret_key"] = DEMO_SECRET
        elif values.get("mode") == "tests":
            values["secret_key"] = secrets.token_hex(32)
    return values


def _checked(settings: Settings) -> Settings:
    production = settings.mode == "production"
    if production and (len(settings.secret_key) < 32 or settings.secret_key == DEMO_SECRET):
        raise SettingError(
            f"{PREFIX}SECRET_KEY must be set to at least 32 random characters outside demo mode "
            '(for example the output of: python3 -c "import secrets; print(secrets.token_hex(32))").'
        )
    if settings.file_store == "s3" and not settings.s3_bucket:
        raise SettingError(f"{PREFIX}S3_BUCKET must name a bucket when {PREFIX}FILE_STORE is s3.")
    if production and settings.mail == "outbox":
        raise SettingError(f"{PREFIX}MAIL=outbox sends nothing; it is for demo mode only.")
    if settings.database.startswith("postgres://"):
        raise SettingError(f"{PREFIX}DATABASE_URL must begin with postgresql+psycopg:// (or sqlite:///).")
    return settings


def described() -> list[tuple[str, str, str]]:
    """(variable, default, meaning) of every setting, for `confsys settings` and the README."""
    rows = []
    for row in fields(Settings):
        default = row.default if not callable(row.default_factory) else row.default_factory()
        rows.append((PREFIX + row.name.upper(), str(default), row.metadata["meaning"]))
    return rows
