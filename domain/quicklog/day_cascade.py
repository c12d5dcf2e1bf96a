"""The rules for days and periods, in the order in which they are tried."""

from domain.quicklog.clock_rules import Rule
from domain.quicklog.day_rules import (
    dashed_date,
    day_word,
    full_date,
    glued_date,
    iso_date,
    numeric_date,
    same_month,
    short_date,
    short_with_year,
)
from domain.quicklog.edge_rules import (
    closing,
    day_in_period,
    edge_day,
    half_month,
    named_quarter,
    nth_in_period,
    nth_weekday,
    rolling_edge,
)
from domain.quicklog.unit_rules import (
    after_next,
    counted_unit,
    named_month,
    next_several,
    this_unit,
    this_weekend,
    weekday_and_week,
    weekday_of_week,
    year_period,
)

DAY_RULES: list[Rule] = [
    ("[DG]", day_word),
    ("X", iso_date),
    ("3", numeric_date),
    ("[46],?Y|[YL],?[46]", short_with_year),
    ("4", short_date),
    ("6", glued_date),
    ("@5|^5(?=@|T|$|[BIA])|(?<=y)5|5(?=[TBP])", dashed_date),
    ("LRUJ", same_month),
    ("[YL]o?Mo?[JN]", full_date),
    ("Mt?[OJN],?[oi]?[YL]", full_date),
    ("t?[ON]o?M,?[oi]?[YL]|t?[ON]o?M", full_date),
    ("Mt?[OJN](?![UuN½])", full_date),
    ("t?[UWM]a[tR]*R|t?U[b]t?R", after_next),
    ("t?C,?o?[YL]|[YL]o?t?C|[YL]h", named_quarter),
    ("(?<=[eoyiwb-])t?C|C(?=[eE])|h(?=[eEI])", named_quarter),
    ("RF|F", half_month),
    ("[YL]o?M|M[oi]?,?[YL]|RM", named_month),
    ("(?<=[oiybewfva-])M|(?<=ot)M|M(?=[eEzozI-])", named_month),
    ("(?<=[oi])t?R+U|R+U(?=o?z)", counted_unit),
    ("(?<=[oi])tU", this_unit),
    ("t?[OzR]u?[WU][oi]p|p[oi]?[zO]o?u?[WU]", nth_in_period),
    ("OW(?![oi])", nth_weekday),
    ("R+W|Wt?R(?!U)", weekday_of_week),
    ("t?R+U", counted_unit),
    ("t?[RQ]S|(?<![JdHWn])[AB]S|1RS", next_several),
    ("(?<![dT])[LY]", year_period),
    ("t?(?<![NxkS1½])U(?![ABIsl])", this_weekend),
]


EDGE_RULES: list[Rule] = [
    ("[LR]o?E|pE|eop|e-?p|po?e|eo?[tR]*U", edge_day),
    ("eot?U|eod", closing),
    ("E", rolling_edge),
    ("U(?=I)", this_unit),
    ("p[oi,@]*W|W[of]?t?p|po?W", weekday_and_week),
    ("p[o@]?t?[JO]|t?Nop|[Jt]?[OJ]o?p", day_in_period),
]
