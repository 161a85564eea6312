// Calls in rpc/encoded: parameters one by one.
#pragma once
#include "soapPolywireBindingProxy.h"
#include "service.hpp"

// An operation whose result is a class or an enumeration answers a struct that holds it.
template <typename Answer> auto held(Answer &answer) -> decltype((answer.result)) { return answer.result; }
inline bool &held(bool &value) { return value; }
inline int &held(int &value) { return value; }
inline LONG64 &held(LONG64 &value) { return value; }
inline double &held(double &value) { return value; }
inline std::string &held(std::string &value) { return value; }
inline tm &held(tm &value) { return value; }
inline timeval &held(timeval &value) { return value; }
inline xsd__base64Binary &held(xsd__base64Binary &value) { return value; }

/// Gets a value by its name and puts it back.
template <typename Answer, typename Value>
std::string trip(int (PolywireBindingProxy::*get)(const std::string &, Answer &),
                 int (PolywireBindingProxy::*put)(const std::string &, Value, std::string &), const std::string &name) {
  Service service;
  Answer answer{};
  service.must((service.proxy.*get)(name, answer));
  std::string said;
  service.must((service.proxy.*put)(name, static_cast<Value>(held(answer)), said));
  return said;
}

#define TRIP(kind) \
  {#kind, [](const std::string &name) { \
     return trip(&PolywireBindingProxy::edges_USCOREget_USCORE##kind, &PolywireBindingProxy::edges_USCOREput_USCORE##kind, name); \
   }}

inline std::string echo(const std::string &text) {
  Service service;
  std::string result;
  service.must(service.proxy.test_USCOREecho(text, result));
  return result;
}

inline std::string who(Service &service) {
  std::string result;
  service.must(service.proxy.edges_USCOREwho(result));
  return result;
}

inline void nothing() {
  Service service;
  polywire__edges_USCOREnothingResponse response;
  service.must(service.proxy.edges_USCOREnothing(response));
}

inline std::string putDefault(const std::string &name) {
  Service service;
  std::string result;
  service.must(service.proxy.edges_USCOREput_USCOREdefault(name, nullptr, result));
  return result;
}

inline std::string onlyOne() {
  Service service;
  polywire__edges_USCOREget_USCORElistResponse response;
  service.must(service.proxy.edges_USCOREget_USCORElist("one", response));
  expect(response.result->__size, 1);
  return response.result->__ptr[0];
}

inline int fail(Service &service, const std::string &reason) {
  std::string result;
  return service.proxy.test_USCOREfail(reason, result);
}

inline int greet(Service &service, const std::string &name) {
  std::string result;
  return service.proxy.test_USCOREgreet(name, "Hello", result);
}

inline std::string firstPath(const polywire__PolywireFault &error) { return error.issues->__ptr[0]->path; }
