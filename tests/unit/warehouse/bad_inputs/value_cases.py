"""One bad or odd value each: where it stands, what must become of it, and its reason code.

Numbers are those of the public corpus of bad inputs. Does not belong here: files as a whole, and
what several rows or loads together show.
"""

from __future__ import annotations

from dataclasses import dataclass

ENROLLMENT, DETAILS, PROVIDER = (
    "benefits_enrollment",
    "benefits_coverage_details",
    "benefits_provider_config",
)
KEPT = "the same text"


@dataclass(frozen=True)
class Case:
    """A value in a column of a table; `landed` is what stands there afterwards (None: empty)."""

    number: int
    table: str
    column: str
    value: str
    outcome: str
    code: str = ""
    landed: str | None = KEPT
    more: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the case's name in the corpus."""
        return f"BI-{self.number:03d}"


def put_aside(number: int, table: str, column: str, code: str, *values: str) -> list[Case]:
    """Return the cases of values whose row must be put aside."""
    return [Case(number, table, column, value, "quarantine", code) for value in values]


def emptied(number: int, code: str, *values: str) -> list[Case]:
    """Return the cases of JSON values that are emptied while their row lands."""
    return [Case(number, ENROLLMENT, "dependents", v, "value", code, None) for v in values]


def lands(
    number: int, table: str, column: str, value: str, landed: str | None = KEPT, code: str = ""
) -> list[Case]:
    """Return the case of a value that lands; with a code, the change is a finding."""
    return [Case(number, table, column, value, "lands", code, landed)]


CAPITALS = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
CASES: tuple[Case, ...] = (
    *put_aside(49, ENROLLMENT, "id", "value.uuid", "not-a-uuid"),
    *lands(50, ENROLLMENT, "id", CAPITALS, CAPITALS.lower(), "value.uuid_case"),
    *put_aside(51, ENROLLMENT, "id", "value.uuid", "{6f9619ff-8b86-d011-b42d-00cf4fc964fe}"),
    *put_aside(52, ENROLLMENT, "enrollment_status", "value.enum", "active"),
    *lands(53, ENROLLMENT, "enrollment_status", "Active ", "Active", "value.trim"),
    *put_aside(55, ENROLLMENT, "coverage_start_date", "value.date", "2026-02-30"),
    *put_aside(56, ENROLLMENT, "coverage_start_date", "value.date_format", "02/03/2026"),
    *put_aside(58, ENROLLMENT, "coverage_end_date", "value.date", "0000-00-00"),
    *put_aside(59, ENROLLMENT, "coverage_end_date", "value.date_range", "9999-12-31"),
    *put_aside(60, ENROLLMENT, "coverage_end_date", "value.date", "infinity"),
    *put_aside(61, "employee", "date_of_birth", "value.date_format", "01/02/68"),
    *lands(62, "employee", "date_of_birth", "2031-05-01", code="value.birth_future"),
    *put_aside(63, "employee", "date_of_birth", "value.date_range", "1850-01-01"),
    *lands(66, ENROLLMENT, "created_at", "2026-03-08 02:30:00"),
    *lands(67, ENROLLMENT, "updated_at", "2099-01-01T00:00:00Z", "2099-01-01 00:00:00",
           "time.future"),
    *lands(68, ENROLLMENT, "updated_at", "", None),
    *put_aside(70, ENROLLMENT, "employee_contribution_amount",
               "check.chk_positive_contributions", "-25.00"),
    *put_aside(71, ENROLLMENT, "employee_contribution_amount", "value.scale", "1.005"),
    *lands(72, ENROLLMENT, "employee_contribution_amount", "25", "25.00"),
    *put_aside(73, ENROLLMENT, "employee_contribution_amount", "value.overflow", "123456789.00"),
    *lands(74, "benefits_cost_analysis", "period_over_period_change", "1234.56",
           code="value.overflow_wide"),
    *put_aside(75, ENROLLMENT, "employer_contribution_amount", "value.decimal", "1e2"),
    *put_aside(76, DETAILS, "waiting_period_days", "value.integer", "12.7"),
    *put_aside(77, DETAILS, "waiting_period_days", "value.integer", "0x1F"),
    *put_aside(78, DETAILS, "waiting_period_days", "value.integer", "1_000"),
    *put_aside(79, DETAILS, "waiting_period_days", "value.overflow", "99999999999"),
    *put_aside(80, DETAILS, "deductible_amount", "value.decimal", "NaN", "Infinity", "-Infinity",
               "inf"),
    *lands(81, DETAILS, "deductible_amount", " 25.00 ", "25.00", "value.trim"),
    *put_aside(82, DETAILS, "deductible_amount", "value.decimal", "$25.00", "(45.00)", "25,00"),
    *lands(83, DETAILS, "deductible_amount", "-0.00", "0.00", "value.negative_zero"),
    *put_aside(84, DETAILS, "coinsurance_percentage", "check.chk_percentage_range", "100.01"),
    *put_aside(85, DETAILS, "is_active", "value.boolean", "Y"),
    Case(54, "benefits_compliance_monitoring", "compliance_type", "State Law", "lands",
         "value.enum_alias", "State Laws"),
    *[case for text, landed in (("T", "true"), ("False", "false"), ("0", "false"), ("1", "true"))
      for case in lands(85, DETAILS, "is_active", text, landed)],
    *put_aside(86, PROVIDER, "provider_name", "value.too_long", "n" * 201),
    *lands(87, PROVIDER, "provider_name", "é" * 200),
    *put_aside(88, PROVIDER, "provider_name", "value.required", "", "   "),
    *lands(89, ENROLLMENT, "termination_reason", "  ", None, "value.empty_to_null"),
    *[case for name in ("Null", "NA", "None", "True", "Nil", "O'Brien-Smith Jr.")
      for case in lands(90, "employee", "last_name", name)],
    *lands(91, "employee", "last_name", "O'Brien-Smith Jr."),
    *lands(92, "employee", "last_name", "Robert'); DROP TABLE employee;--"),
    *lands(93, "employee", "first_name", "Jose\u0301", "José", "value.nfc"),
    *lands(94, "employee", "first_name", "王芳 🙂", code="value.glyph"),
    *put_aside(95, DETAILS, "plan_code", "value.invisible_char", "PLAN\u200bA"),
    *lands(96, PROVIDER, "provider_name", "ACME\u202efdp.exe", code="value.bidi"),
    *lands(97, ENROLLMENT, "waiver_reason", "one\u000btwo", "onetwo", "value.control_char"),
    *lands(98, "employee", "ssn", "900-01-0098", "900010098", "value.ssn_dashes"),
    *lands(98, "employee", "ssn", "900010198"),
    *[case for number in ("000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000")
      for case in lands(99, "employee", "ssn", number, number.replace("-", ""),
                        "value.ssn_impossible")],
    *lands(100, "employee", "ssn", "912-70-1234", "912701234"),
    *put_aside(102, "company", "ein", "value.ein", "12-345678"),
    *put_aside(103, "employee", "email", "value.email", "a@b.c\r\nBcc: evil@x.test", "a@b.c,d@e.f",
               "a@b.c d@e.f", f"{'a' * 250}@b.example"),
    Case(119, ENROLLMENT, "coverage_end_date", "2024-12-31", "quarantine", "check.chk_date_order",
         more=(("coverage_start_date", "2025-01-01"),)),
    Case(120, ENROLLMENT, "coverage_end_date", "2025-01-01", "lands",
         more=(("coverage_start_date", "2025-01-01"),)),
    Case(121, ENROLLMENT, "total_contribution_amount", "100.00", "lands", "check.total_mismatch",
         more=(("employee_contribution_amount", "30.00"),
               ("employer_contribution_amount", "60.00"))),
    Case(122, PROVIDER, "error_count", "7", "lands", "check.chk_error_count_valid",
         more=(("max_retry_attempts", "3"),)),
    Case(123, DETAILS, "deductible_amount", "-1.00", "quarantine", "check.chk_positive_amounts",
         more=(("coverage_amount", ""),)),
    Case(124, DETAILS, "deductible_amount", "0", "lands", landed="0.00",
         more=(("coverage_amount", ""), ("copay_amount", "0"))),
    Case(125, "benefits_workflow_execution", "current_step", "5", "quarantine",
         "check.chk_step_valid", more=(("total_steps", "4"),)),
    Case(127, "benefits_notification_log", "retry_count", "4", "quarantine",
         "check.chk_retry_valid", more=(("max_retries", "3"),)),
    *emptied(128, "json.syntax", '[{"name":"A",]'),
    *emptied(129, "json.shape", '{"name":"A"}'),
    *emptied(130, "json.duplicate_key", '[{"dob":"2010-01-01","dob":"2011-01-01"}]'),
    *emptied(131, "json.number", '[{"share":NaN}]', '[{"share":1e999}]'),
    *emptied(132, "json.depth", "[" * 100_000),
    *emptied(133, "json.size", f'[{{"name":"{"x" * (20 * 1024 * 1024)}"}}]'),
    *emptied(134, "json.elements", f"[{','.join(['{}'] * 10_001)}]"),
    *emptied(135, "json.surrogate", '[{"name":"\\ud800"}]'),
    *lands(137, ENROLLMENT, "dependents", "[]"),
    *lands(137, ENROLLMENT, "dependents", "", None),
    *lands(138, DETAILS, "limitations", '{"note":"SSN 900-01-6789"}', code="privacy.id_in_text"),
    *put_aside(149, "benefits_reporting_requirements", "report_format", "value.enum", "DOCX"),
    *lands(139, "benefits_cost_analysis", "roi_analysis", '{"x":0.1}'),
)  # fmt: skip
