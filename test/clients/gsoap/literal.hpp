// Calls in document/literal: an object for each request and each response.
#pragma once
#include "soapPolywireBindingProxy.h"
#include "service.hpp"

// An operation with underscores is spelt in gSOAP's way.
#define REQUEST(group, name) _polywire__##group##_USCORE##name
#define RESPONSE(group, name) _polywire__##group##_USCORE##name##Response

template <typename Value> void hold(Value &value, const Value &got) { value = got; }

/// Two enumerations of the same names, since each operation has one of its own.
inline void hold(polywire__edges_USCOREput_USCOREenum_USCOREvalue &value,
                 const polywire__edges_USCOREget_USCOREenumResponse_USCOREresult &got) {
  value = static_cast<polywire__edges_USCOREput_USCOREenum_USCOREvalue>(got);
}

/// Gets a value by its name and puts it back.
template <typename Get, typename Got, typename Put, typename Said>
std::string trip(int (PolywireBindingProxy::*get)(Get *, Got &), int (PolywireBindingProxy::*put)(Put *, Said &),
                 const std::string &name) {
  Service service;
  Get asked;
  asked.name = name;
  Got got;
  service.must((service.proxy.*get)(&asked, got));
  Put given;
  given.name = name;
  hold(given.value, got.result);
  Said said;
  service.must((service.proxy.*put)(&given, said));
  return said.result;
}

#define TRIP(kind) \
  {#kind, [](const std::string &name) { \
     return trip(&PolywireBindingProxy::edges_USCOREget_USCORE##kind, &PolywireBindingProxy::edges_USCOREput_USCORE##kind, name); \
   }}

inline std::string echo(const std::string &text) {
  Service service;
  REQUEST(test, echo) request;
  request.string = text;
  RESPONSE(test, echo) response;
  service.must(service.proxy.test_USCOREecho(&request, response));
  return response.result;
}

inline std::string who(Service &service) {
  REQUEST(edges, who) request;
  RESPONSE(edges, who) response;
  service.must(service.proxy.edges_USCOREwho(&request, response));
  return response.result;
}

inline void nothing() {
  Service service;
  REQUEST(edges, nothing) request;
  RESPONSE(edges, nothing) response;
  service.must(service.proxy.edges_USCOREnothing(&request, response));
}

inline std::string putDefault(const std::string &name) {
  Service service;
  REQUEST(edges, put_USCOREdefault) request;
  request.name = name;
  RESPONSE(edges, put_USCOREdefault) response;
  service.must(service.proxy.edges_USCOREput_USCOREdefault(&request, response));
  return response.result;
}

inline std::string onlyOne() {
  Service service;
  REQUEST(edges, get_USCORElist) request;
  request.name = "one";
  RESPONSE(edges, get_USCORElist) response;
  service.must(service.proxy.edges_USCOREget_USCORElist(&request, response));
  expect(response.result->item.size(), size_t{1});
  return response.result->item.front();
}

inline int fail(Service &service, const std::string &reason) {
  REQUEST(test, fail) request;
  request.reason = reason;
  RESPONSE(test, fail) response;
  return service.proxy.test_USCOREfail(&request, response);
}

inline int greet(Service &service, const std::string &name) {
  REQUEST(test, greet) request;
  request.name = name;
  RESPONSE(test, greet) response;
  return service.proxy.test_USCOREgreet(&request, response);
}

inline std::string firstPath(const polywire__PolywireFault &error) { return error.issues->item.at(0)->path; }
