"""zeep as a client of the sandbox, told what to call by lines of JSON.

Usage: zeep_client.py <origin>. One request per line on standard input, one answer per line on standard output:

    {"path": "/system/ws/1.3/soap.php", "operation": "getDeliveries", "arguments": {…}, "header": {…}}
    {"result": …} or {"fault": {"code": …, "message": …, "actor": …}} or {"error": what zeep raised}

Without an operation the answer lists the operations of the WSDL. Nothing in here knows a vendor: all zeep does it does
from the WSDL the sandbox serves, and no host but the sandbox's own is spoken to.
"""

import base64
import datetime
import decimal
import json
import pathlib
import sys
import traceback

import zeep
from lxml import etree
from zeep import xsd
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport
from zeep.xsd.types.complex import ComplexType

SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"


class LoopbackTransport(Transport):
    """Loads what the sandbox serves, and the schema zeep imports by itself for soap-enc:Array from beside this file."""

    def __init__(self, origin):
        super().__init__(timeout=60, operation_timeout=60)
        self.origin = origin
        self.session.trust_env = False

    def load(self, url):
        if url == SOAP_ENCODING:
            return pathlib.Path(__file__).with_name("soap-encoding.xsd").read_bytes()
        if not url.startswith(self.origin):
            raise RuntimeError(f"a WSDL of the sandbox needs {url}")
        return super().load(url)


def arranged(declared, value):
    """Lists where the WSDL has a soap-enc:Array become what zeep wants for one; all else is taken as it is."""
    if value is None:
        return None
    if not isinstance(declared, ComplexType):
        return value
    if declared._array_type:
        item = declared._array_type.array_type
        element = xsd.Element("item", item)
        return declared([xsd.AnyObject(element, arranged(item, entry)) for entry in value])
    if isinstance(value, dict):
        types = dict((name, element.type) for name, element in declared.elements if hasattr(element, "type"))
        return {name: arranged(types.get(name), member) for name, member in value.items()}
    return value


def plain(value):
    """What json has no word for: instants in UTC where they have a zone, decimals as text, bytes as base64, what anyType holds."""
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return value.isoformat()
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, etree._Element):
        return {etree.QName(value).localname: "".join(value.itertext())}
    raise TypeError(f"{type(value).__name__} in an answer")


class Caller:
    def __init__(self, origin):
        self.origin = origin
        self.clients = {}

    def client(self, path):
        if path not in self.clients:
            transport = LoopbackTransport(self.origin)
            self.clients[path] = zeep.Client(f"{self.origin}{path}?wsdl", transport=transport)
        return self.clients[path]

    def answer(self, request):
        client = self.client(request["path"])
        [service] = client.wsdl.services.values()
        [port] = service.ports.values()
        operations = port.binding._operations
        if "operation" not in request:
            return {"result": {"operations": sorted(operations), "address": port.binding_options["address"]}}
        given = arranged(operations[request["operation"]].input.body.type, request.get("arguments", {}))
        header = {"_soapheaders": request["header"]} if "header" in request else {}
        try:
            result = client.service[request["operation"]](**given, **header)
        except Fault as fault:
            return {"fault": {"code": fault.code, "message": fault.message, "actor": fault.actor}}
        return {"result": serialize_object(result, dict)}


def main():
    caller = Caller(sys.argv[1])
    for line in sys.stdin:
        try:
            text = json.dumps(caller.answer(json.loads(line)), default=plain)
        except Exception:
            text = json.dumps({"error": traceback.format_exc()})
        print(text, flush=True)


main()
