"""mcp, the official SDK; the first argument says how it finds a revision"""
import asyncio
import json
import os
import sys
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from json_values import back, native
from report import ODD, check, expect, values

mode, url = sys.argv[1], f'{sys.argv[2]}/mcp'
runner = asyncio.Runner()


class Connection:
    """A client that is entered and left in one task, as its library wants it, and asked from outside."""

    def __init__(self, headers=None):
        self.loop = runner.get_loop()
        self.asked = asyncio.Queue()
        self.ready = self.loop.create_future()
        self.task = self.loop.create_task(self._live(headers))
        self.version, self.names = self.loop.run_until_complete(self.ready)

    async def _live(self, headers):
        try:
            async with httpx2.AsyncClient(headers=headers) as http:
                transport = streamable_http_client(url, http_client=http)
                async with Client(transport, mode=mode) as client:
                    listed = await client.list_tools()
                    self.ready.set_result((client.protocol_version, [tool.name for tool in listed.tools]))
                    while True:
                        asked = await self.asked.get()
                        if asked is None:
                            return
                        (name, params), answer = asked
                        try:
                            answer.set_result(await client.call_tool(name, params))
                        except Exception as reason:
                            answer.set_exception(reason)
        except Exception as reason:
            if not self.ready.done():
                self.ready.set_exception(reason)

    def tool(self, name, /, **params):
        answer = self.loop.create_future()
        self.asked.put_nowait(((name.replace('.', '_'), params), answer))
        return self.loop.run_until_complete(answer)

    def call(self, name, /, **params):
        result = self.tool(name, **params)
        if result.is_error:
            raise AssertionError(result.content[0].text)
        content = result.structured_content
        return content['result'] if list(content) == ['result'] else content

    def close(self):
        self.asked.put_nowait(None)
        self.loop.run_until_complete(self.task)


connection = Connection()


def get(kind, name):
    return native(kind, connection.call(f'edges.get_{kind}', name=name))


def put(kind, name, value):
    return connection.call(f'edges.put_{kind}', name=name, value=back(kind, value))


def fault(name, /, **params):
    result = connection.tool(name, **params)
    expect(result.is_error, True)
    return json.loads(result.content[0].text)


def echo():
    expect(connection.version, {'auto': '2026-07-28', 'legacy': '2025-11-25'}[mode])
    expect('test_echo' in connection.names, True)
    expect(connection.call('test.echo', string=ODD), ODD)


def declared():
    reason = fault('test.fail', reason=ODD)
    expect((reason['code'], reason['data']), ('test-refused', {'reason': ODD, 'attempts': 3}))
    return 'is_error, the error object in the text of its content'


def params():
    reason = fault('test.greet', name='')
    expect((reason['code'], reason['issues'][0]['path']), ('invalid-params', 'name'))
    return 'is_error, the path in the text of its content'


def token():
    known = Connection({'Authorization': f"Bearer {os.environ['POLYWIRE_TOKEN']}"})
    expect(known.call('edges.who'), 'ana')
    known.close()


check('echo', echo)
values(get, put)
check('list-of-one', lambda: expect(connection.call('edges.get_list', name='one'), ['only']))
check('default.absent', lambda: expect(connection.call('edges.put_default', name='absent'), 'exact'))
check('nothing', lambda: expect(connection.call('edges.nothing'), None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
connection.close()
