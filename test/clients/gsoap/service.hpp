// The proxy, with what it lacks: faults as exceptions.
#pragma once
#include <stdexcept>
#include <string>

/// Where the service answers.
extern std::string endpoint;

/// A proxy with memory of its own, in UTF-8 throughout.
struct Service {
  PolywireBindingProxy proxy{endpoint.c_str(), SOAP_C_UTFSTRING};

  ~Service() { proxy.destroy(); }

  void must(int status) {
    if (status == SOAP_OK) return;
    char text[2000] = "";
    soap_sprint_fault(proxy.soap, text, sizeof text);
    throw std::runtime_error(text);
  }

  /// The detail of the fault that a call must have ended with.
  const SOAP_ENV__Detail &detail(int status) {
    if (status == SOAP_OK) throw std::runtime_error("there was no fault");
    const SOAP_ENV__Fault *fault = proxy.soap_fault();
    const SOAP_ENV__Detail *detail = fault->detail ? fault->detail : fault->SOAP_ENV__Detail;
    if (detail == nullptr) must(status);
    return *detail;
  }
};
