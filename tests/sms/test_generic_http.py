"""Domestic providers: the examples of sms/examples against a provider that checks their signatures by itself."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sms.gateways.base import CannotTell, OutgoingSms, Passing, Permanent, Unknown
from sms.gateways.generic_http import GenericHttpGateway
from sms.gateways.http_description import DescriptionError, Signing, load_description
from sms.gateways.http_signing import Prepared, prepare, sign, values_for
from tests.sms.conftest import Hall
from tests.sms.domestic_stand_in import KEY_ID, SECRET, Domestic

EXAMPLES = Path(__file__).parents[2] / "sms" / "examples"
NOW = 1_795_000_000.0
SMS = OutgoingSms(
    "13800001234",
    "【一窗】取号A012，预计3号窗口，前面2人 http://hall.test/t/abc",
    "YC001",
    {
        "number": "A012",
        "window": "3号窗口",
        "ahead": "2",
        "minutes": "8",
        "link": "http://hall.test/t/abc",
        "hall": "x",
    },
    "hall-7",
)
ENVIRONMENT = {
    "ALIYUN_ACCESS_KEY_ID": KEY_ID,
    "ALIYUN_ACCESS_KEY_SECRET": SECRET,
    "MAS_EC_NAME": "某市政务服务中心",
    "MAS_AP_ID": "ap",
    "MAS_SECRET_KEY": SECRET,
    "MAS_SIGN_CODE": "sign01",
    "PLAIN_KEY": SECRET,
}
PLAIN = """
name = "plain"
url = "URL/v1/send"
timeout = 0.5
phone_prefix = "86"
strip_signature = true
[secrets]
key = "PLAIN_KEY"
[headers]
X-Timestamp = "{timestamp}"
[fields]
phone = "{to}"
text = "{text}"
template = { id = "{template_id}", values = "{params_list}" }
retry = 1
[signing]
kind = "digest"
algorithm = "hmac-sha256"
secret = "key"
canonical = "{timestamp}\\n{body}"
prefix = "v1="
into = "header:X-Signature"
[answer]
success = { path = "result.code", equals = [0] }
id = "items.0.id"
code = "result.code"
message = "result.text"
permanent = [1001]
passing = [1002]
account = [401]
otherwise = "passing"
"""


@pytest.fixture
def domestic() -> Iterator[Domestic]:
    with Domestic() as stand_in:
        yield stand_in


def made(tmp_path: Path, text: str) -> GenericHttpGateway:
    path = tmp_path / "provider.toml"
    path.write_text(text, "utf-8")
    nonces = itertools.count(1)
    return GenericHttpGateway(*load_description(path, ENVIRONMENT), clock=lambda: NOW, nonce=lambda: f"n{next(nonces)}")


@pytest.fixture
def aliyun(tmp_path: Path, domestic: Domestic) -> GenericHttpGateway:
    text = (EXAMPLES / "aliyun.toml").read_text("utf-8")
    return made(tmp_path, text.replace("https://dysmsapi.aliyuncs.com/", f"{domestic.url}/aliyun"))


@pytest.fixture
def mas(tmp_path: Path, domestic: Domestic) -> GenericHttpGateway:
    text = (EXAMPLES / "mas.toml").read_text("utf-8")
    return made(tmp_path, text.replace("https://112.35.10.201:28888/sms", f"{domestic.url}/mas"))


@pytest.fixture
def plain(tmp_path: Path, domestic: Domestic) -> GenericHttpGateway:
    return made(tmp_path, PLAIN.replace("URL", domestic.url))


def test_aliyuns_own_example_has_the_published_signature() -> None:
    """The example in Aliyun's description of the RPC signature."""
    fields = {
        "AccessKeyId": "testid",
        "Action": "DescribeRegions",
        "Format": "XML",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "SignatureVersion": "1.0",
        "Timestamp": "2016-02-23T12:46:24Z",
        "Version": "2014-05-26",
    }
    prepared = Prepared("GET", "https://ecs.test/", "query", {}, fields, {"secrets.key": "testsecret"})
    signed = sign(prepared, Signing(kind="aliyun-rpc", secret="key"))
    assert signed.fields["Signature"] == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


def test_aliyun_takes_a_template_with_its_parameters(domestic: Domestic, aliyun: GenericHttpGateway) -> None:
    assert aliyun.send(SMS).gateway_id == "biz-1^0"
    (message,) = domestic.messages
    assert (message["PhoneNumbers"], message["SignName"], message["TemplateCode"]) == ("13800001234", "一窗", "YC001")
    assert message["OutId"] == "hall-7"
    assert json.loads(message["TemplateParam"]) == {
        "number": "A012", "window": "3号窗口", "ahead": "2", "minutes": "8", "link": "http://hall.test/t/abc",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind", "account"),
    [
        ("isv.MOBILE_NUMBER_ILLEGAL", Permanent, None),
        ("isv.BUSINESS_LIMIT_CONTROL", Passing, False),
        ("isv.AMOUNT_NOT_ENOUGH", Passing, True),
        ("isv.SOMETHING_NEW", Permanent, None),
    ],
)
def test_a_providers_codes_are_told_apart_as_the_file_says(
    domestic: Domestic, aliyun: GenericHttpGateway, code: str, kind: type[Exception], account: bool | None
) -> None:
    domestic.refuse["13800001234"] = code
    with pytest.raises(kind) as caught:
        aliyun.send(SMS)
    assert caught.value.code == code  # type: ignore[attr-defined]
    assert getattr(caught.value, "account", None) is account
    assert "13800001234" not in str(caught.value)


def test_a_wrong_key_is_trouble_with_the_account(tmp_path: Path, domestic: Domestic) -> None:
    text = (
        (EXAMPLES / "aliyun.toml")
        .read_text("utf-8")
        .replace("https://dysmsapi.aliyuncs.com/", f"{domestic.url}/aliyun")
    )
    path = tmp_path / "provider.toml"
    path.write_text(text, "utf-8")
    description, secrets = load_description(path, ENVIRONMENT)
    gateway = GenericHttpGateway(description, {**secrets, "key": "wrong"}, clock=lambda: NOW)
    with pytest.raises(Passing) as caught:
        gateway.send(SMS)
    assert (caught.value.code, caught.value.account) == ("SignatureDoesNotMatch", True)
    with pytest.raises(CannotTell):
        gateway.probe()


@pytest.mark.parametrize(("state", "outcome"), [("1", "sent"), ("3", "delivered"), ("2", "failed")])
def test_aliyun_is_asked_by_our_own_number(
    domestic: Domestic, aliyun: GenericHttpGateway, state: str, outcome: str
) -> None:
    domestic.lose_answers = 1
    with pytest.raises(Unknown):
        aliyun.send(SMS)
    domestic.states["hall-7"] = state
    found = aliyun.find(SMS, since=0, same_phone=True)
    assert found is not None
    assert found.outcome == outcome
    other = OutgoingSms(SMS.to, SMS.text, SMS.template_id, SMS.params, "hall-8")
    assert aliyun.find(other, since=0, same_phone=True) is None
    with pytest.raises(CannotTell):
        aliyun.find(SMS, since=0, same_phone=False)


def test_mas_takes_base64_with_an_md5_over_its_fields(domestic: Domestic, mas: GenericHttpGateway) -> None:
    assert mas.send(SMS).gateway_id == "g1"
    (message,) = domestic.messages
    assert message["ecName"] == "某市政务服务中心"
    assert json.loads(message["params"]) == ["A012", "3号窗口", "2", "8"]


def test_mas_cannot_be_asked_so_a_lost_answer_is_unknown_and_never_sent_again(
    hall: Hall, domestic: Domestic, mas: GenericHttpGateway
) -> None:
    domestic.lose_answers = 1
    notice = hall.write_one()
    sender = hall.sender(mas)
    sender.run_once()
    hall.clock.advance(120)
    sender.run_once()
    assert hall.state(notice) == "unknown"
    assert len(domestic.messages) == 1


def test_a_json_provider_with_a_signed_body(domestic: Domestic, plain: GenericHttpGateway) -> None:
    assert plain.send(SMS).gateway_id == "7001"
    (message,) = domestic.messages
    assert message == {
        "phone": "8613800001234",
        "text": "取号A012，预计3号窗口，前面2人 http://hall.test/t/abc",
        "template": {"id": "YC001", "values": list(SMS.params.values())},
        "retry": 1,
    }


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind", "code"),
    [
        (429, {"Retry-After": "9"}, b"{}", Passing, "http_429"),
        (503, {}, b"busy", Passing, "http_503"),
        (504, {}, b"", Unknown, "http_504"),
        (403, {}, b"<html>forbidden", Passing, "http_403"),
        (200, {}, b"<html>welcome to the wifi", Unknown, "answer"),
        (200, {}, b'{"result": {"code": 1001}}', Permanent, "1001"),
        (200, {}, b'{"result": {"code": 9999}}', Passing, "9999"),
        (200, {}, b"[]", Passing, "refused"),
    ],
)
def test_every_kind_of_answer_has_its_meaning(
    domestic: Domestic, plain: GenericHttpGateway, status: int, headers: dict[str, str], body: bytes,
    kind: type[Exception], code: str,
) -> None:  # fmt: skip
    domestic.next_answers.append((status, headers, body))
    with pytest.raises(kind) as caught:
        plain.send(SMS)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_a_notice_goes_through_a_domestic_provider(hall: Hall, domestic: Domestic, aliyun: GenericHttpGateway) -> None:
    domestic.lose_answers = 1
    first, second = hall.write_one(), hall.write_one(phone="13900001111")
    sender = hall.sender(aliyun)
    for _ in range(4):
        sender.run_once()
        hall.clock.advance(10)
    assert (hall.state(first), hall.state(second)) == ("sent", "sent")
    assert sorted(message["PhoneNumbers"] for message in domestic.messages) == ["13800001234", "13900001111"]


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('url = "URL/v1/send"', 'url = "ftp://x"', "url", "ftp://x"),
        ("retry = 1", 'retry = "{telephone}"', "", "{telephone}"),
        ('into = "header:X-Signature"', 'into = "field:sign"', "signing", "body"),
        ('key = "PLAIN_KEY"', 'key = "NOT_SET"', "secrets.key", "NOT_SET"),
        ('secret = "key"', 'secret = "other"', "", "other"),
        ('success = { path = "result.code", equals = [0] }', "", "answer.success", "没有填"),
        ("timeout = 0.5", "timeout = 500", "timeout", "500"),
        ("timeout = 0.5", 'timeuot = 0.5', "timeuot", "timeuot"),
        ("timeout = 0.5", 'body = "form"', "", "template"),
        ("timeout = 0.5", 'params_order = ["nummer"]', "params_order", "nummer"),
        ('name = "plain"', 'name = plain', "TOML", ""),
    ],
)  # fmt: skip
def test_a_slip_in_the_file_is_found_when_it_is_loaded(
    tmp_path: Path, old: str, new: str, where: str, words: str
) -> None:
    assert old in PLAIN
    path = tmp_path / "provider.toml"
    path.write_text(PLAIN.replace("URL/v1", "http://x/v1").replace(old.replace("URL/v1", "http://x/v1"), new), "utf-8")
    with pytest.raises(DescriptionError) as caught:
        load_description(path, ENVIRONMENT)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert where in problem.where
    assert words in str(problem)


def test_a_missing_file_says_which_setting_names_it(tmp_path: Path) -> None:
    with pytest.raises(DescriptionError, match="YICHUANG_SMS_HTTP_FILE"):
        load_description(tmp_path / "none.toml", {})


def test_secrets_never_show_in_what_may_be_logged(tmp_path: Path, domestic: Domestic) -> None:
    path = tmp_path / "provider.toml"
    path.write_text(PLAIN.replace("URL", domestic.url), "utf-8")
    description, secrets = load_description(path, ENVIRONMENT)
    values = values_for(description, secrets, SMS, now=NOW, nonce="n")
    assert SECRET not in repr(sign(prepare(description, values), description.signing))
