"""What a column is called, in both languages, and the field it then holds."""

import re
import unicodedata

# The field with the names it goes by; the first name is the most telling one. Compared without
# case, spaces, punctuation and remarks in brackets.
_WORDS = {
    "name": """
        客户名称, 企业名称, 公司名称, 单位名称, 机构名称, 客户全称, 企业全称, 公司全称, 客户姓名,
        商户名称, 门店名称, 店名, 户名, 全称, 名称, 中文名称, 姓名, 客户名, 公司, 企业, 单位,
        客户, client name, customer name, company name, account name, business name,
        organisation name, organization name, firm name, store name, legal name, full name,
        display name, name, client, customer, company, organisation, organization, business, firm,
        security, fn, short name, 简称
    """,
    "alias": """
        简称, 客户简称, 别名, 曾用名, 英文名称, 英文名, 中文名称, short name, alias, aka,
        nickname, name zh, name en, chinese name, english name
    """,
    "first_name": """
        first name, given name, forename, first, given, 名, 名字
    """,
    "middle_name": """
        middle name, middle
    """,
    "last_name": """
        last name, family name, surname, last, family, 姓, 姓氏
    """,
    "phone": """
        手机号码, 手机号, 手机, 联系电话, 电话号码, 电话, 联系方式, 客户电话, 公司电话, 移动电话,
        办公电话, 固定电话, 座机, 联系人电话, mobile phone, mobile number, phone number, mobile,
        cell phone, cell, phone, telephone, telephone number, tel, tel no, phone no, mobile no,
        contact number, contact phone, business phone, work phone
    """,
    "code": """
        统一社会信用代码, 统一信用代码, 社会信用代码, 信用代码, unified social credit code,
        credit code, uscc, 客户号, 客户编号, 客户代码, 客户id, client id, customer id, client no,
        customer no, client number, customer number, client code, customer code, cif, cif no,
        company id, 组织机构代码, 纳税人识别号, stock code, 股票代码, 证券代码, symbol, ticker,
        store number, store no, geonameid, 编号, 代码, code, id
    """,
    "kind": """
        客户类型, 客户类别, 客户性质, 对公对私, 类型, client type, customer type, client kind,
        kind, type
    """,
    "tier": """
        客户分层, 分层, 客户等级, 客户级别, 客户层级, 层级, 等级, 级别, client tier,
        customer tier, tier, client level, level, grade, class
    """,
    "contact_name": """
        联系人姓名, 联系人, 主要联系人, 对接人, 关键人, contact person, contact name, key contact,
        primary contact, contact, attention
    """,
    "city": """
        城市, 所在城市, 地市, city, town, headquarters location, home city
    """,
    "address": """
        详细地址, 联系地址, 公司地址, 办公地址, 经营地址, 注册地址, 通讯地址, 住址, 地址,
        street address, office address, registered address, address, address 1, address 2,
        address line 1, address line 2, street, addr
    """,
    "lat": """
        纬度, latitude, lat
    """,
    "lon": """
        经度, longitude, lon, lng, long
    """,
    "industry": """
        所属行业, 行业类别, 行业, industry, gics sector, sector
    """,
    "email": """
        电子邮箱, 电子邮件, 邮箱, 邮件, email, e mail, email address, mail
    """,
    "remark": """
        备注, 附注, 说明, remarks, remark, notes, note, comments, comment, memo
    """,
    "owner": """
        客户经理, 管户客户经理, 主办客户经理, 所属客户经理, 管户经理, 管户人, 主办, 归属人,
        relationship manager, account manager, client manager, owner, client owner, rm
    """,
}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(","))


NAMES = {field: _listed(text) for field, text in _WORDS.items()}

# Headers that only say that the row is a person.
PERSON_HEADERS = frozenset(_listed("""
    sex, gender, birthdate, birthday, dateofbirth, dob, age, 性别, 出生日期, 生日, 年龄, 姓名,
    客户姓名
"""))  # fmt: skip
COMPANY_HEADERS = frozenset(_listed("""
    企业名称, 公司名称, 单位名称, 机构名称, 企业全称, 公司全称, 公司, 企业, 单位, companyname,
    businessname, organisationname, organizationname, firmname, company, organisation,
    organization, business, firm, security
"""))  # fmt: skip
PERSON_NAME_HEADERS = frozenset({"姓名", "客户姓名", "fullname", "name", "fn", "displayname"})

# Part of a header; tried in this order when the whole is not known.
_HAN_PARTS = (
    ("信用代码", "code"), ("电话", "phone"), ("手机", "phone"), ("联系人", "contact_name"),
    ("客户经理", "owner"), ("邮箱", "email"), ("行业", "industry"), ("地址", "address"),
    ("备注", "remark"), ("纬度", "lat"), ("经度", "lon"), ("城市", "city"), ("名称", "name"),
    ("姓名", "name"),
)  # fmt: skip
_LATIN_PARTS = (
    (("phone",), "phone"), (("mobile",), "phone"), (("telephone",), "phone"), (("email",), "email"),
    (("contact",), "contact_name"), (("relationship", "manager"), "owner"), (("latitude",), "lat"),
    (("longitude",), "lon"), (("industry",), "industry"), (("sector",), "industry"),
    (("address",), "address"), (("street",), "address"), (("city",), "city"), (("town",), "city"),
    (("district",), "city"), (("remark",), "remark"), (("remarks",), "remark"),
    (("notes",), "remark"), (("name",), "name"),
)  # fmt: skip
# With one of these a Latin header names something about the client, not the field itself.
_ABOUT = frozenset({"id", "code", "number", "no", "date", "type", "status", "time", "count", "file",
                    "bank", "product", "branch", "user", "key", "at", "by"})  # fmt: skip
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|\d+|[\u2e80-\u9fff]+")


def words_of(header: str) -> list[str]:
    """The words of a header, lower case, without what stands in brackets."""
    plain = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", header))
    return _WORD.findall(_CAMEL.sub(" ", plain).lower())


def key_of(header: str) -> str:
    """A header as it is compared."""
    return "".join(words_of(header))


_EXACT: dict[str, list[tuple[str, int]]] = {}
for _field, _names in NAMES.items():
    for _rank, _name in enumerate(_names):
        _EXACT.setdefault(key_of(_name), []).append((_field, _rank))


def exact(header: str) -> list[tuple[str, int]]:
    """Every field that a header names in full, each with its rank (0 is the most telling)."""
    return _EXACT.get(key_of(header), [])


def partial(header: str) -> str | None:
    """The field that a part of a header points to."""
    words = words_of(header)
    joined = "".join(words)
    for part, field in _HAN_PARTS:
        if part in joined:
            return field
    if _ABOUT & set(words):
        return None
    for parts, field in _LATIN_PARTS:
        if set(parts) <= set(words):
            return field
    return None


def is_known(header: str) -> bool:
    """Whether a cell reads like the head of a column."""
    if not header.strip() or len(header) > 60:
        return False
    return bool(exact(header)) or partial(header) is not None or key_of(header) in PERSON_HEADERS
