// A proxy of wsdl2h and soapcpp2: client URL
#include "report.hpp"
#ifdef ENCODED
#include "encoded.hpp"
#else
#include "literal.hpp"
#endif
#include "PolywireBinding.nsmap"
#include "plugin/wsseapi.h"

std::string endpoint;

static std::string declared() {
  Service service;
  const auto *error = service.detail(fail(service, odd)).polywire__TestRefusedFault_;
  if (error == nullptr) throw std::runtime_error("the detail is no TestRefusedFault");
  expect(error->code, "test-refused");
  expect(error->data->reason, odd);
  expect(error->data->attempts, 3);
  return "the detail of the SOAP_ENV__Fault is a polywire__TestRefusedFault";
}

static std::string params() {
  Service service;
  const auto *error = service.detail(greet(service, "")).polywire__PolywireFault_;
  if (error == nullptr) throw std::runtime_error("the detail is no PolywireFault");
  expect(error->code, "invalid-params");
  expect(firstPath(*error), "name");
  return "the detail of the SOAP_ENV__Fault is a polywire__PolywireFault with issues";
}

static std::string token() {
  const std::string header = "Authorization: Bearer " + environment("POLYWIRE_TOKEN");
  Service service;
  service.proxy.soap->http_extra_header = header.c_str();
  return expect(who(service), "ana");
}

using Add = int (*)(soap *, const char *, const char *, const char *);

/// A UsernameToken by gSOAP's plugin for WS-Security.
static std::string wsse(Add add) {
  Service service;
  soap_register_plugin(service.proxy.soap, soap_wsse);
  service.must(add(service.proxy.soap, nullptr, environment("POLYWIRE_USER").c_str(), environment("POLYWIRE_PASSWORD").c_str()));
  return expect(who(service), "ana");
}

int main(int, char **arguments) {
  endpoint = std::string(arguments[1]) + "/soap";
  check("echo", [] { return expect(echo(odd), odd); });
  values({TRIP(string), TRIP(boolean), TRIP(int), TRIP(int64), TRIP(float), TRIP(decimal), TRIP(date), TRIP(datetime),
          TRIP(bytes), TRIP(enum), TRIP(list), TRIP(map), TRIP(object), TRIP(json), TRIP(nullable), TRIP(optional),
          TRIP(records)});
  check("list-of-one", [] { return expect(onlyOne(), "only"); });
  check("default.absent", [] { return expect(putDefault("absent"), "exact"); });
  check("nothing", [] { return nothing(), ""; });
  check("fault.declared", declared);
  check("fault.params", params);
  check("token", token);
  check("wsse.text", [] { return wsse(soap_wsse_add_UsernameTokenText); });
  check("wsse.digest", [] { return wsse(soap_wsse_add_UsernameTokenDigest); });
}
