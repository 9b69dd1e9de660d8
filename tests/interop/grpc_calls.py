#!/usr/bin/python3
"""A gRPC client that is not ours, against `--grpc-port`: bytes in and bytes out, so that no generated code is needed.

Usage: grpc_calls.py UNDERSTUDY BOOTSTRAP LOGS HANDLER, the last being tests/emulator/scripted_handler. Ends with 77 where the module grpc is missing.
"""
import base64
import json
import sys

from served import Served

try:
    import grpc
except ImportError:
    sys.exit(77)

# CheckWindow around 2026-01-05T10:00:00Z, an hour wide, and around 1970.
FOUND = base64.b64decode("CgYIoJfuygYSAwiQHA==")
NOT_FOUND = b"\x0a\x00"


def open_channel(served):
    return grpc.insecure_channel(served.ready["grpc"], options=[("grpc.enable_http_proxy", 0)])


def call(channel, method, message, **options):
    """What came back: the message, or code and text of the error; and the metadata before and behind it."""
    pending = channel.unary_unary("/logquery.v1.LogQueryService/" + method).future(message, timeout=20, **options)
    result = pending.result() if pending.exception() is None else (pending.code(), pending.details())
    return result, dict(pending.initial_metadata()), dict(pending.trailing_metadata())


def ask_the_example(program, bootstrap, logs):
    with Served(program, "--grpc-port", "0", "--env", "LOGQUERY_LOGS=" + logs, "--", bootstrap) as served, \
            open_channel(served) as channel:
        reply, initial, _ = call(channel, "CheckWindow", FOUND)
        assert reply == b"\x08\x01", reply
        assert "apigw-requestid" in initial, initial
        assert call(channel, "CheckWindow", FOUND, compression=grpc.Compression.Gzip)[0] == b"\x08\x01"
        assert call(channel, "CheckWindow", NOT_FOUND)[0] == b""
        code, text = call(channel, "CheckWindow", b"")[0]
        assert code == grpc.StatusCode.INVALID_ARGUMENT and text.startswith("time is missing"), (code, text)
        unknown = call(channel, "Nothing", FOUND)[0]
        assert unknown == (grpc.StatusCode.UNIMPLEMENTED,
                           "there is no method at /logquery.v1.LogQueryService/Nothing"), unknown
        code, text = call(channel, "CheckWindow", FOUND, compression=grpc.Compression.Deflate)[0]
        assert code == grpc.StatusCode.UNIMPLEMENTED and "gzip" in text, (code, text)


def ordered(program, handler, order, *more):
    return Served(program, "--grpc-port", "0", "--env", "ORDER=" + order, *more, "--", handler)


def reply_of(status, body, **headers):
    return "REPLY=" + json.dumps({"statusCode": status, "headers": headers, "body": base64.b64encode(body).decode(),
                                  "isBase64Encoded": True})


def carry_metadata(program, handler):
    with ordered(program, handler, "tell") as served, open_channel(served) as channel:
        call(channel, "CheckWindow", FOUND, metadata=[("x-who", "me"), ("x-raw-bin", b"\0\xff")])
        told = served.wait_for("told (.*)")[1]
        headers = json.loads(told)["headers"]
        assert headers["x-who"] == "me" and headers["x-raw-bin"] == "AP8", headers
        # gRPC's core writes three digits, rounded up.
        assert 10_000 < int(headers["connect-timeout-ms"]) <= 20_200, headers
    back = reply_of(200, b"\x08\x01", **{"Content-Type": "application/proto", "X-Seen": "yes", "Trailer-X-Cost": "3"})
    with ordered(program, handler, "reply", "--env", back) as served, \
            open_channel(served) as channel:
        reply, initial, trailing = call(channel, "CheckWindow", FOUND)
        assert (reply, initial["x-seen"], trailing["x-cost"]) == (b"\x08\x01", "yes", "3"), (reply, initial, trailing)


def carry_errors(program, handler):
    details = base64.b64encode(b"\x08\x07").decode().rstrip("=")
    error = {"code": "not_found", "message": "nie ma żółwia\n☺",
             "details": [{"type": "google.protobuf.Duration", "value": details}]}
    back = reply_of(404, json.dumps(error).encode(), **{"Content-Type": "application/json"})
    with ordered(program, handler, "reply", "--env", back) as served, \
            open_channel(served) as channel:
        result, _, trailing = call(channel, "CheckWindow", FOUND)
        assert result == (grpc.StatusCode.NOT_FOUND, error["message"]), result
        status = trailing["grpc-status-details-bin"]
        assert b"type.googleapis.com/google.protobuf.Duration\x12\x02\x08\x07" in status, status


def outrun_a_deadline(program, handler):
    with ordered(program, handler, "hang") as served, open_channel(served) as channel:
        method = channel.unary_unary("/a.B/C")
        try:
            method(FOUND, timeout=0.3)
            raise AssertionError("it was answered")
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error


def main(program, bootstrap, logs, handler):
    ask_the_example(program, bootstrap, logs)
    carry_metadata(program, handler)
    carry_errors(program, handler)
    outrun_a_deadline(program, handler)


if __name__ == "__main__":
    main(*sys.argv[1:])
