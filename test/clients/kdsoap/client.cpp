// Stubs of kdwsdl2cpp: client URL
#include "report.hpp"
#include "wsdl_polywire.h"
#include <KDSoapClient/KDSoapAuthentication.h>
#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QUuid>

/// The stub, for the end point of the command line.
struct Service : PolywireService {
  Service() { setEndPoint(QCoreApplication::arguments()[1] + "/soap"); }

  /// A result, unless the call ended with a fault.
  template <typename Result> Result must(const Result &result) const {
    if (!lastFaultCode().isEmpty()) throw Failure{lastError()};
    return result;
  }
};

template <typename Value> Value held(const Value &got) { return got; }

/// Two enumerations of the same names, since each operation has one of its own.
static TNS__Edges_put_enum_value held(const TNS__Edges_get_enumResponse_result &got) {
  return static_cast<TNS__Edges_put_enum_value::Type>(got.type());
}

/// For a kind: gets a value by its name, and puts it back.
#define TRIP(kind) \
  {#kind, [](const QString &name) { \
     Service service; \
     TNS__Edges_get_##kind asked; \
     asked.setName(name); \
     const auto value = held(service.must(service.edges_get_##kind(asked)).result()); \
     TNS__Edges_put_##kind given; \
     given.setName(name); \
     given.setValue(value); \
     return service.must(service.edges_put_##kind(given)).result(); \
   }}

/// xsd:decimal is a float to kdwsdl2cpp: KDSoap's calls without a stub have the digits as text.
static QString decimal(const QString &name) {
  Service service;
  const auto call = [&](const QString &operation, const QString &value) {
    KDSoapMessage message;
    message = KDSoapValue(operation, QVariant(), "urn:polywire");
    message.setNamespaceUri("urn:polywire");
    message.addArgument("name", name);
    if (!value.isNull()) message.addArgument("value", value);
    const KDSoapMessage answer = service.clientInterface()->call(operation, message, "urn:polywire#" + operation);
    if (answer.isFault()) throw Failure{answer.faultAsString()};
    return answer.childValues().child("result").value().toString();
  };
  const QString value = call("edges_get_decimal", QString());
  return call("edges_put_decimal", value);
}

static QString echo() {
  Service service;
  TNS__Test_echo request;
  request.setString(odd);
  return expect(service.must(service.test_echo(request)).result(), odd);
}

static QString listOfOne() {
  Service service;
  TNS__Edges_get_list request;
  request.setName("one");
  return expect(service.must(service.edges_get_list(request)).result().item().join("|"), "only");
}

static QString defaultAbsent() {
  Service service;
  TNS__Edges_put_default request;
  request.setName("absent");
  return expect(service.must(service.edges_put_default(request)).result(), "exact");
}

static QString nothing() {
  Service service;
  service.must(service.edges_nothing());
  return QString();
}

/// The one element in the detail of a fault, as the signal of a failed call brings it.
template <typename Signal> KDSoapValue detailOf(Service &service, Signal failed, const std::function<void()> &call) {
  KDSoapMessage fault;
  QEventLoop loop;
  QObject::connect(&service, failed, &loop, [&](const KDSoapMessage &message) {
    fault = message;
    loop.quit();
  });
  call();
  loop.exec();
  const KDSoapValueList &parts = fault.childValues();
  const KDSoapValueList details = (parts.child("detail").isNull() ? parts.child("Detail") : parts.child("detail")).childValues();
  if (details.isEmpty()) throw Failure{"no detail in " + fault.faultAsString()};
  return details.first();
}

static QString declared() {
  Service service;
  const KDSoapValue error = detailOf(service, &PolywireService::test_failError, [&] {
    TNS__Test_fail request;
    request.setReason(odd);
    service.asyncTest_fail(request);
  });
  expect(error.name(), "TestRefusedFault");
  expect(error.childValues().child("code").value().toString(), "test-refused");
  const KDSoapValueList data = error.childValues().child("data").childValues();
  expect(data.child("reason").value().toString(), odd);
  expect(data.child("attempts").value().toString(), "3");
  return "the signal test_failError with a KDSoapMessage, whose detail is read by the names of its elements";
}

static QString params() {
  Service service;
  const KDSoapValue error = detailOf(service, &PolywireService::test_greetError, [&] {
    TNS__Test_greet request;
    service.asyncTest_greet(request);
  });
  expect(error.childValues().child("code").value().toString(), "invalid-params");
  const KDSoapValueList issues = error.childValues().child("issues").childValues();
  expect(issues.child("item").childValues().child("path").value().toString(), "name");
  return "the signal test_greetError with a KDSoapMessage, whose detail has the issues";
}

static QString who(Service &service) { return expect(service.must(service.edges_who()).result(), "ana"); }

static QString token() {
  Service service;
  service.clientInterface()->setRawHTTPHeaders({{"Authorization", "Bearer " + qgetenv("POLYWIRE_TOKEN")}});
  return who(service);
}

static QString digest() {
  Service service;
  KDSoapAuthentication authentication;
  authentication.setUser(qEnvironmentVariable("POLYWIRE_USER"));
  authentication.setPassword(qEnvironmentVariable("POLYWIRE_PASSWORD"));
  authentication.setUseWSUsernameToken(true);
  // its own are the same in every program that does not seed qrand
  authentication.setOverrideWSUsernameNonce(QUuid::createUuid().toRfc4122());
  service.clientInterface()->setAuthentication(authentication);
  return who(service);
}

/// KDSoap has digests only: the header with a password as text is put together of its values.
static QString text() {
  const QString oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
  const QString extension = oasis + "wssecurity-secext-1.0.xsd";
  const auto element = [&](const QString &name, const QVariant &value) {
    KDSoapValue made(name, value);
    made.setNamespaceUri(extension);
    made.setQualified(true);
    return made;
  };
  KDSoapValue password = element("Password", qEnvironmentVariable("POLYWIRE_PASSWORD"));
  password.childValues().attributes().append(KDSoapValue("Type", oasis + "username-token-profile-1.0#PasswordText"));
  KDSoapValue token = element("UsernameToken", QVariant());
  token.childValues() << element("Username", qEnvironmentVariable("POLYWIRE_USER")) << password;
  KDSoapValue security = element("Security", QVariant());
  security.childValues() << token;
  KDSoapMessage header;
  header.childValues() << security;
  Service service;
  service.clientInterface()->setHeader("Security", header);
  return who(service);
}

int main(int count, char **arguments) {
  QCoreApplication application(count, arguments);
  check("echo", echo);
  values({TRIP(string), TRIP(boolean), TRIP(int), TRIP(int64), TRIP(float), {"decimal", decimal}, TRIP(date), TRIP(datetime),
          TRIP(bytes), TRIP(enum), TRIP(list), TRIP(map), TRIP(object), TRIP(json), TRIP(nullable), TRIP(optional),
          TRIP(records)});
  check("list-of-one", listOfOne);
  check("default.absent", defaultAbsent);
  check("nothing", nothing);
  check("fault.declared", declared);
  check("fault.params", params);
  check("token", token);
  check("wsse.text", text);
  check("wsse.digest", digest);
}
