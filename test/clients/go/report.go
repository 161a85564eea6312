package main

import (
	"fmt"
	"os"
	"strings"
)

const odd = "Zo\u00eb & <Bob> ]]> \U0001F600"

// check runs one check: it fails by an error, and the note is told.
func check(name string, step func() (string, error)) {
	status := "ok"
	note, err := step()
	if err != nil {
		status, note = "wrong", err.Error()
	}
	fmt.Printf("%s\t%s\t%s\n", name, status, strings.Join(strings.Fields(note), " "))
}

func expect[T comparable](value, wanted T) error {
	if value == wanted {
		return nil
	}
	return fmt.Errorf("%#v is not %#v", value, wanted)
}

// values gets every value and sends it back; the server says what it makes of it.
func values(trips map[string]func(name string) (string, error)) {
	for _, value := range strings.Fields(os.Getenv("POLYWIRE_VALUES")) {
		kind, name, _ := strings.Cut(value, ".")
		check(value, func() (string, error) {
			said, err := trips[kind](name)
			if err != nil {
				return "", err
			}
			return "", expect(said, "exact")
		})
	}
}
