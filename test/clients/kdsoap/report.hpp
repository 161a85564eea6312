// What every check needs: its line, and the names of the values.
#pragma once
#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <cstdio>
#include <functional>

static const QString odd = QString::fromUtf8(u8"Zo\u00eb & <Bob> ]]> \U0001F600");

/// What a check fails by.
struct Failure {
  QString reason;
};

static void say(const QString &name, const char *status, const QString &note) {
  std::printf("%s\t%s\t%s\n", qUtf8Printable(name), status, qUtf8Printable(note.simplified()));
  std::fflush(stdout);
}

/// Runs one check: what it returns is told.
static void check(const QString &name, const std::function<QString()> &step) {
  try {
    say(name, "ok", step());
  } catch (const Failure &failure) {
    say(name, "wrong", failure.reason);
  }
}

static QString expect(const QString &value, const QString &wanted) {
  if (value == wanted) return QString();
  throw Failure{value + " is not " + wanted};
}

/// Gets every value and sends it back; the server says what it makes of it.
static void values(const QMap<QString, std::function<QString(const QString &)>> &trips) {
  for (const QString &value : qEnvironmentVariable("POLYWIRE_VALUES").split(' ')) {
    const QStringList parts = value.split('.');
    check(value, [&] { return expect(trips.value(parts[0])(parts[1]), "exact"); });
  }
}
