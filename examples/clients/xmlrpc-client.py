"""Python, XML-RPC with nothing but the standard library: python3 xmlrpc-client.py"""
import os
from xmlrpc.client import Fault, ServerProxy

with ServerProxy(os.environ.get("POLYWIRE_URL", "http://127.0.0.1:8080") + "/xmlrpc") as server:
    print(server.test.greet("Ana"))
    try:
        server.test.fail("because")
    except Fault as fault:
        print(fault.faultCode, fault.faultString.split(" (request")[0])
