using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

/// <summary>A line for each check: its name, what came of it, and a note.</summary>
static class Report {
    public const string Odd = "Zo\u00eb & <Bob> ]]> \U0001F600";
    static readonly TextWriter Out =
        new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    public static void Say(string name, string status, string note) {
        Out.WriteLine("{0}\t{1}\t{2}", name, status, Regex.Replace(note ?? "", @"\s+", " "));
    }

    /// <summary>Runs one check: it fails by an exception, and what it returns is told.</summary>
    public static void Check(string name, Func<string> step) {
        try {
            Say(name, "ok", step());
        } catch (Exception reason) {
            Say(name, "wrong", reason.GetType().Name + ": " + reason.Message);
        }
    }

    public static string Expect<T>(T value, T wanted) {
        if (EqualityComparer<T>.Default.Equals(value, wanted)) return "";
        throw new Exception(value + " is not " + wanted);
    }

    /// <summary>Gets every value and sends it back; the server says what it makes of it.</summary>
    public static void Values(IDictionary<string, Func<string, string>> trips) {
        foreach (var value in Environment.GetEnvironmentVariable("POLYWIRE_VALUES").Split(' ')) {
            var parts = value.Split('.');
            Check(value, () => Expect(trips[parts[0]](parts[1]), "exact"));
        }
    }
}
