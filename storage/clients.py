"""Clients and the rows that describe them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Id, UtcDateTime
from storage.people import Person


class Client(Base):
    """A company or a person that the bank serves or would like to serve."""

    __tablename__ = "client"
    __table_args__ = (
        Index("ix_client_owner_contact", "owner_id", "last_contact_at"),
        Index("ix_client_place", "lat", "lon"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="corporate")
    tier: Mapped[str] = mapped_column(String(12), default="basic")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    phone: Mapped[str | None] = mapped_column(String(40), index=True)
    # 统一社会信用代码 of a company, or the number the bank's core system knows the client by.
    code: Mapped[str | None] = mapped_column(String(60), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    contact_name: Mapped[str | None] = mapped_column(String(120))
    city: Mapped[str | None] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(400))
    industry: Mapped[str | None] = mapped_column(String(120))
    remark: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    # Which coordinate system lat/lon are in: wgs84, gcj02, or unknown (up to 500 m apart in China).
    datum: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    last_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_meeting_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)


class ClientAlias(Base):
    """Another name that people use for a client."""

    __tablename__ = "client_alias"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True)
    alias: Mapped[str] = mapped_column(String(200), primary_key=True)


class ClientChange(Base):
    """What a field of a client said before someone corrected it."""

    __tablename__ = "client_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class ImportBatch(Base):
    """One imported file. Its clients are visible only while the batch is live."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(12), index=True)  # staging, live, undone, abandoned
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0)
    duplicates: Mapped[int] = mapped_column(Integer, default=0)


class Setting(Base):
    """A fact of this installation, such as the key that signs buttons."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ClientToken(Base):
    """What a client can be found by (see ``storage.search``)."""

    __tablename__ = "client_token"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: Mapped[str] = mapped_column(
        String(80).with_variant(String(80, collation="C"), "postgresql"), primary_key=True
    )
    # No foreign key: checking it would double the time of an import; whoever removes a client
    # removes its tokens.
    client_id: Mapped[int] = mapped_column(Id, primary_key=True, index=True)


class Attachment(Base):
    """A photo or document that came with a contact. Telegram keeps the bytes; we keep its key."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[str] = mapped_column(String(200))
    unique_id: Mapped[str] = mapped_column(String(100))
    album: Mapped[str | None] = mapped_column(String(60), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen: Mapped[bool] = mapped_column(Boolean, default=False)


def touch_portfolio(session: Session, *owner_ids: int | None) -> None:
    """Tell whatever is cached of these portfolios that it is out of date."""
    ids = sorted({owner for owner in owner_ids if owner is not None})
    if ids:
        session.execute(
            update(Person)
            .where(Person.id.in_(ids))
            .values(portfolio_stamp=Person.portfolio_stamp + 1)
            .execution_options(synchronize_session=False)
        )
