#!/usr/bin/python3
"""A WebSocket client that is not ours, and @connections by plain HTTP, against the example's own template as it is served.

Usage: websocket.py UNDERSTUDY TEMPLATE HANDLER, the last being tests/emulator/scripted_handler. Ends with 77 where the module websockets is missing.
"""
import asyncio
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request

from served import Served

try:
    import websockets
except ImportError:
    sys.exit(77)

QUESTION = {"method": "logquery.v1.LogQueryService/CheckWindow",
            "message": {"time": "2026-01-05T10:00:00Z", "tolerance": "3600s"}}


def call(method, url, body=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, method=method)) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("x-amzn-ErrorType", "")


async def ask_the_example(url):
    async with websockets.connect(url) as client:
        await client.send(json.dumps(QUESTION))
        assert json.loads(await client.recv()) == {"found": True}
        await client.send(json.dumps({**QUESTION, "message": "CgYIoJfuygYSAwiQHA=="}))
        assert await client.recv() == "CAE="
        await client.send("hello")
        assert json.loads(await client.recv())["code"] == "invalid_argument"
        await client.ping()
        await client.send(b"bytes")
        try:
            await client.recv()
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd.code == 1003, closed


async def reach_the_client(served, url):
    async with websockets.connect(url) as client:
        connection = await asyncio.to_thread(served.wait_for, r'"connectionId":"([^"]+)="')
        there = url.replace("ws", "http", 1) + "/@connections/" + connection[1] + "%3D"
        assert call("POST", there, "zażółć".encode()) == (200, "")
        assert await client.recv() == "zażółć"
        status, told = call("GET", there)
        assert status == 200 and json.loads(told)["identity"]["sourceIp"] == "127.0.0.1", told
        assert call("DELETE", there) == (204, "")
        try:
            await client.recv()
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd.code == 1000, closed
    assert call("POST", there, b"late") == (410, "GoneException")
    await asyncio.to_thread(served.wait_for, '"eventType":"DISCONNECT"')


def template_of(handler):
    """An API whose function tells its events in the log."""
    route = {"FunctionArn": {"Fn::GetAtt": ["Tell", "Arn"]}}
    return {"Transform": "AWS::Serverless-2016-10-31", "Resources": {
        "Tell": {"Type": "AWS::Serverless::Function", "Properties": {
            "Runtime": "provided.al2023", "Handler": "bootstrap", "CodeUri": os.path.abspath(handler),
            "Environment": {"Variables": {"ORDER": "tell"}}}},
        "Chat": {"Type": "AWS::Serverless::WebSocketApi", "Properties": {
            "StageName": "prod", "RouteSelectionExpression": "$request.body.action",
            "Routes": {"$connect": route, "$disconnect": route}}},
        "Beside": {"Type": "AWS::Serverless::HttpApi"}}}


def run(program, template, conversation):
    with Served(program, template) as served:
        asyncio.run(conversation(served, served.url("websocket")))


def main(program, example, handler):
    run(program, example, lambda served, url: ask_the_example(url))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as template:
        json.dump(template_of(handler), template)
        template.flush()
        run(program, template.name, reach_the_client)


if __name__ == "__main__":
    main(*sys.argv[1:])
