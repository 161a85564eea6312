// What every check needs: its line, and the names of the values.
#pragma once
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

const std::string odd = u8"Zo\u00eb & <Bob> ]]> \U0001F600";

using Step = std::function<std::string()>;

inline std::string line(const std::string &text) {
  std::istringstream words(text);
  std::string all, word;
  while (words >> word) all += (all.empty() ? "" : " ") + word;
  return all;
}

/// Runs one check: it fails by an exception, and what it returns is told.
inline void check(const std::string &name, const Step &step) {
  std::string status = "ok", note;
  try {
    note = step();
  } catch (const std::exception &reason) {
    status = "wrong";
    note = reason.what();
  }
  std::cout << name << '\t' << status << '\t' << line(note) << std::endl;
}

template <typename Value> std::string expect(const Value &value, const Value &wanted) {
  if (value == wanted) return "";
  std::ostringstream text;
  text << value << " is not " << wanted;
  throw std::runtime_error(text.str());
}

inline std::string expect(const std::string &value, const char *wanted) { return expect(value, std::string(wanted)); }

inline std::string environment(const char *name) {
  const char *value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

/// Gets every value and sends it back; the server says what it makes of it.
inline void values(const std::map<std::string, std::function<std::string(const std::string &)>> &trips) {
  std::istringstream names(environment("POLYWIRE_VALUES"));
  std::string value;
  while (names >> value) {
    const auto dot = value.find('.');
    const std::string kind = value.substr(0, dot), name = value.substr(dot + 1);
    check(value, [&] { return expect(trips.at(kind)(name), "exact"); });
  }
}
