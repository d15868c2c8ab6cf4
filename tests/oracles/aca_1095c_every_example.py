"""Every worked example and situation of Form 1095-C, from the modules that hold them.

Not here: any example.
"""

from __future__ import annotations

from tests.oracles.aca_1095c_edge_examples import EXAMPLES as EDGES
from tests.oracles.aca_1095c_examples import EXAMPLES as PLAIN
from tests.oracles.aca_1095c_measured_examples import EXAMPLES as MEASURED
from tests.oracles.aca_1095c_situations_forms import EXAMPLES as ABOUT_FORMS
from tests.oracles.aca_1095c_situations_measure import EXAMPLES as ABOUT_MEASURE
from tests.oracles.aca_1095c_situations_mixed import EXAMPLES as MIXED
from tests.oracles.aca_1095c_situations_mixed_prices import EXAMPLES as MIXED_PRICES
from tests.oracles.aca_1095c_situations_offers import EXAMPLES as ABOUT_OFFERS
from tests.oracles.aca_1095c_situations_policies import EXAMPLES as ABOUT_POLICIES
from tests.oracles.aca_1095c_situations_prices import EXAMPLES as ABOUT_PRICES
from tests.oracles.aca_1095c_situations_wages import EXAMPLES as ABOUT_WAGES
from tests.oracles.aca_1095c_situations_waiting import EXAMPLES as ABOUT_WAITING

EXAMPLES = (
    *(*PLAIN, *MEASURED, *EDGES),
    *(*ABOUT_MEASURE, *ABOUT_POLICIES, *ABOUT_WAITING, *ABOUT_OFFERS),
    *(*ABOUT_PRICES, *ABOUT_WAGES, *ABOUT_FORMS),
    *(*MIXED, *MIXED_PRICES),
)
