using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Web.Services.Protocols;
using System.Xml;
using System.Xml.Serialization;
using Polywire;

namespace Polywire {
    // What a service class from wsdl.exe is open for: it is partial, and its requests and messages can be overridden.
    public partial class PolywireService {
        /// <summary>Sent as Authorization: Bearer, if there is one.</summary>
        public string Token;
        /// <summary>The SoapHeader that edges_who is given by an attribute: the WSDL leaves it to WS-Security to tell of it.</summary>
#if ENCODED
        public SoapUnknownHeader Security;
#else
        public Security Security;
#endif

        protected override WebRequest GetWebRequest(Uri uri) {
            var request = base.GetWebRequest(uri);
            if (Token != null) request.Headers[HttpRequestHeader.Authorization] = "Bearer " + Token;
            return request;
        }

#if ENCODED
        /// <summary>edges_put_default without its value: the method that wsdl.exe makes always sends one.</summary>
        [SoapRpcMethod("urn:polywire#edges_put_default", RequestElementName = "edges_put_default", RequestNamespace = "urn:polywire",
            ResponseElementName = "edges_put_defaultResponse", ResponseNamespace = "urn:polywire")]
        [return: SoapElement("result")]
        public string PutDefault(string name) {
            return (string) Invoke("PutDefault", new object[] { name })[0];
        }
#endif
    }
}

// The types of the fault's details, which wsdl.exe leaves out since no operation answers them.
[XmlRoot(Namespace = "urn:polywire"), XmlType(Namespace = "urn:polywire")]
public class PolywireFault {
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public string code;
    [XmlArray(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)]
    [XmlArrayItem("item", Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public PolywireIssue[] issues;
}

[XmlType(Namespace = "urn:polywire")]
public class PolywireIssue {
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public string path;
}

[XmlRoot(Namespace = "urn:polywire"), XmlType(Namespace = "urn:polywire")]
public class TestRefusedFault {
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public string code;
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public Refusal data;
}

[XmlType(Namespace = "urn:polywire")]
public class Refusal {
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public string reason;
    [XmlElement(Form = System.Xml.Schema.XmlSchemaForm.Unqualified)] public int attempts;
}

/// <summary>Proxies of wsdl.exe in the way of ASMX: client.exe URL</summary>
static class Client {
    static string url;
    static PolywireService service;

    /// <summary>For each kind: get a value by its name, hold it as what C# has for it, and put it back.</summary>
    static readonly Dictionary<string, Func<string, string>> trips = new Dictionary<string, Func<string, string>> {
        { "string", name => { string value = service.edges_get_string(name); return service.edges_put_string(name, value); } },
        { "boolean", name => { bool value = service.edges_get_boolean(name); return service.edges_put_boolean(name, value); } },
        { "int", name => { int value = service.edges_get_int(name); return service.edges_put_int(name, value); } },
        { "int64", name => { long value = service.edges_get_int64(name); return service.edges_put_int64(name, value); } },
        { "float", name => { double value = service.edges_get_float(name); return service.edges_put_float(name, value); } },
        { "decimal", name => { decimal value = service.edges_get_decimal(name); return service.edges_put_decimal(name, value); } },
        { "date", name => { DateTime value = service.edges_get_date(name); return service.edges_put_date(name, value); } },
        { "datetime", name => { DateTime value = service.edges_get_datetime(name); return service.edges_put_datetime(name, value); } },
        { "bytes", name => { byte[] value = service.edges_get_bytes(name); return service.edges_put_bytes(name, value); } },
        { "enum", name => {
            var value = service.edges_get_enum(name);
            return service.edges_put_enum(name, (edges_put_enum_value) Enum.Parse(typeof(edges_put_enum_value), value.ToString()));
        } },
        { "list", name => { string[] value = service.edges_get_list(name); return service.edges_put_list(name, value); } },
        { "map", name => {
            Dictionary<string, int> value = service.edges_get_map(name).ToDictionary(entry => entry.key, entry => entry.value);
            return service.edges_put_map(name,
                value.Select(entry => new MapOfInt_entry { key = entry.Key, value = entry.Value }).ToArray());
        } },
        { "object", name => { Course value = service.edges_get_object(name); return service.edges_put_object(name, value); } },
        { "json", name => { string value = service.edges_get_json(name); return service.edges_put_json(name, value); } },
        { "nullable", name => { Holder value = service.edges_get_nullable(name); return service.edges_put_nullable(name, value); } },
        { "optional", name => { Choice value = service.edges_get_optional(name); return service.edges_put_optional(name, value); } },
        { "records", name => { Entry[] value = service.edges_get_records(name); return service.edges_put_records(name, value); } },
    };

    static SoapException Fault(Func<string> call) {
        try {
            call();
        } catch (SoapException reason) {
            return reason;
        }
        throw new Exception("there was no fault");
    }

    /// <summary>The error object in the detail of a fault.</summary>
    static T Detail<T>(SoapException reason) {
        return (T) new XmlSerializer(typeof(T)).Deserialize(new XmlNodeReader(reason.Detail.FirstChild));
    }

    static string Declared() {
        var reason = Fault(() => service.test_fail(Report.Odd));
        Report.Expect(reason.Message, "The test was refused");
        var error = Detail<TestRefusedFault>(reason);
        Report.Expect(error.code, "test-refused");
        Report.Expect(error.data.reason, Report.Odd);
        Report.Expect(error.data.attempts, 3);
        return "SoapException, whose Detail an XmlSerializer reads as a TestRefusedFault";
    }

    static string Params() {
        var error = Detail<PolywireFault>(Fault(() => service.test_greet("", null)));
        Report.Expect(error.code, "invalid-params");
        Report.Expect(error.issues.Single().path, "name");
        return "SoapException, whose Detail an XmlSerializer reads as a PolywireFault with issues";
    }

    static string Default() {
#if ENCODED
        return Report.Expect(service.PutDefault("absent"), "exact");
#else
        return Report.Expect(service.edges_put_default("absent", 0, false), "exact");
#endif
    }

    static string Token() {
        var known = new PolywireService { Url = url, Token = Environment.GetEnvironmentVariable("POLYWIRE_TOKEN") };
        return Report.Expect(known.edges_who(), "ana");
    }

    static string Wsse(bool digest) {
#if ENCODED
        // a typed header of an rpc method would be encoded too
        var header = Security.OfUser(digest).AsElement();
#else
        var header = Security.OfUser(digest);
#endif
        var known = new PolywireService { Url = url, Security = header };
        return Report.Expect(known.edges_who(), "ana");
    }

    static void Main(string[] args) {
        url = args[0] + "/soap";
        service = new PolywireService { Url = url };
        Report.Check("echo", () => Report.Expect(service.test_echo(Report.Odd), Report.Odd));
        Report.Values(trips);
        Report.Check("list-of-one", () => Report.Expect(service.edges_get_list("one").Single(), "only"));
        Report.Check("default.absent", Default);
        Report.Check("nothing", () => { service.edges_nothing(); return ""; });
        Report.Check("fault.declared", Declared);
        Report.Check("fault.params", Params);
        Report.Check("token", Token);
        Report.Check("wsse.text", () => Wsse(false));
        Report.Check("wsse.digest", () => Wsse(true));
    }
}
