"""Contact cards of all three versions, several to a file."""

from pathlib import Path

import pytest

from domain.clients import ClientKind
from domain.problems import Problem
from services.imports.sniff import FileKind
from tests.imports.files import judged, opened, text_file

V3 = """BEGIN:VCARD\r
VERSION:3.0\r
N:Lee;Ann;;Ms;\r
FN:Ann Lee\r
ORG:Acme Ltd;Sales\r
TITLE:Buyer\r
TEL;TYPE=WORK:+44 20 7946 0000\r
item1.TEL;TYPE=CELL,PREF:+44 7700 900123\r
EMAIL:ann@acme.example\r
ADR;TYPE=WORK:;;1 High Street\\, Block 2;Leeds;;LS1;UK\r
GEO:53.8;-1.55\r
NOTE:Likes tea\\nand\r
  biscuits\r
END:VCARD\r
"""
V2 = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E8=8A=B3;;;
TEL;CELL:13800138000
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=80=81=
=E5=AE=A2=E6=88=B7
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQ
 ABAAD/2wBDAAgGBgcGBQgHBwcJ

END:VCARD
"""
V4 = """BEGIN:VCARD
VERSION:4.0
KIND:org
FN:绿源食品有限公司
ORG:绿源食品有限公司
TEL;VALUE=uri:tel:+86-21-55551234
GEO:geo:31.2,121.4
END:VCARD
"""


def test_every_version_is_read(tmp_path: Path) -> None:
    path = text_file(tmp_path, V3 + V2 + V4, name="cards.txt")
    assert opened(path).kind is FileKind.VCARD
    good, bad = judged(path)
    assert bad == []
    ann, wang, company = good
    assert [one.row for one in good] == [1, 2, 3]
    assert (ann.name, ann.phone, ann.email) == ("Ann Lee", "+44 7700 900123", "ann@acme.example")
    assert (ann.city, ann.lat, ann.lon) == ("Leeds", 53.8, -1.55)
    assert ann.address == "Leeds 1 High Street, Block 2"
    assert ann.remark == "Acme Ltd · Buyer\nLikes tea\nand biscuits"
    assert (wang.name, wang.phone, wang.remark) == ("王芳", "13800138000", "老客户")
    assert (company.name, company.kind) == ("绿源食品有限公司", ClientKind.CORPORATE)
    assert (company.phone, company.lat) == ("+86-21-55551234", 31.2)
    assert ann.kind is ClientKind.INDIVIDUAL


def test_a_card_without_a_name_is_refused_by_its_number(tmp_path: Path) -> None:
    nameless = "BEGIN:VCARD\nVERSION:3.0\nTEL:12345\nEND:VCARD\n"
    good, bad = judged(text_file(tmp_path, V4 + nameless))
    assert len(good) == 1
    assert bad == [(2, "no_name")]


def test_a_cut_off_card_is_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="import_broken"):
        judged(text_file(tmp_path, V3.replace("END:VCARD\r\n", "")))


def test_cards_in_the_encoding_of_old_phones(tmp_path: Path) -> None:
    good, _ = judged(text_file(tmp_path, V4, "gb18030"))
    assert good[0].name == "绿源食品有限公司"
