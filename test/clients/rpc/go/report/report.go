// Package report is what the Go programs share: a line for each check, and the way of every value there and back.
package report

import (
	"fmt"
	"os"
	"reflect"
	"strings"
)

const Odd = "Zoë & <Bob> ]]> \U0001F600"

// Impossible says that the client cannot do it, for the reason given.
type Impossible string

func (reason Impossible) Error() string { return string(reason) }

// Check runs one check: it fails by an error, and the note that it returns is told.
func Check(name string, step func() (string, error)) {
	note, err := step()
	status := "ok"
	if reason, cannot := err.(Impossible); cannot {
		status, note = "impossible", string(reason)
	} else if err != nil {
		status, note = "wrong", err.Error()
	}
	fmt.Println(strings.Join([]string{name, status, strings.Join(strings.Fields(note), " ")}, "\t"))
}

func Expect(value, wanted any) error {
	if reflect.DeepEqual(value, wanted) {
		return nil
	}
	return fmt.Errorf("%#v is not %#v", value, wanted)
}

// Caller calls a function with positional parameters and puts what it answers where result points to.
type Caller func(name string, result any, params ...any) error

// There gets a value as a T and sends it back; the server says what it makes of it.
func There[T any](kind string) func(call Caller, name string) error {
	return func(call Caller, name string) error {
		var value T
		if err := call("edges.get_"+kind, &value, name); err != nil {
			return err
		}
		var said string
		if err := call("edges.put_"+kind, &said, name, value); err != nil {
			return err
		}
		if said != "exact" && said != "loss" {
			return fmt.Errorf("%s", said)
		}
		return nil
	}
}

// Values takes every value there and back; a kind may be excused.
func Values(call Caller, ways map[string]func(Caller, string) error, excused map[string]Impossible) {
	for _, value := range strings.Fields(os.Getenv("POLYWIRE_VALUES")) {
		kind, name, _ := strings.Cut(value, ".")
		Check(value, func() (string, error) {
			err := ways[kind](call, name)
			if reason, known := excused[value]; err != nil && known {
				return "", reason
			}
			return "", err
		})
	}
}

// Equal calls a function whose answer is known.
func Equal[T any](call Caller, wanted T, name string, params ...any) func() (string, error) {
	return func() (string, error) {
		var value T
		if err := call(name, &value, params...); err != nil {
			return "", err
		}
		return "", Expect(value, wanted)
	}
}
