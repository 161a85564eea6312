// SOAP by net/http and encoding/xml, with types written by hand: client URL 1.1|1.2
package main

import (
	"errors"
	"os"
	"time"
)

const (
	envelope11 = "http://schemas.xmlsoap.org/soap/envelope/"
	envelope12 = "http://www.w3.org/2003/05/soap-envelope"
)

type named struct {
	Name string `xml:"name"`
}

// trip gets a value by its name, holds it as a Value, and puts it back.
func trip[Value any](to service, kind string) func(string) (string, error) {
	return func(name string) (string, error) {
		value, err := call[Value](to, "edges_get_"+kind, named{name})
		if err != nil {
			return "", err
		}
		return call[string](to, "edges_put_"+kind, put[Value]{name, value})
	}
}

func trips(to service) map[string]func(string) (string, error) {
	return map[string]func(string) (string, error){
		"string":   trip[string](to, "string"),
		"boolean":  trip[bool](to, "boolean"),
		"int":      trip[int32](to, "int"),
		"int64":    trip[int64](to, "int64"),
		"float":    trip[float64](to, "float"),
		"decimal":  trip[string](to, "decimal"),
		"date":     trip[date](to, "date"),
		"datetime": trip[time.Time](to, "datetime"),
		"bytes":    trip[binary](to, "bytes"),
		"enum":     trip[string](to, "enum"),
		"list":     trip[list[string]](to, "list"),
		"map":      trip[mapOfInt](to, "map"),
		"object":   trip[course](to, "object"),
		"json":     trip[string](to, "json"),
		"nullable": trip[holder](to, "nullable"),
		"optional": trip[choice](to, "optional"),
		"records":  trip[list[entry]](to, "records"),
	}
}

// detailOf answers the detail of the fault that a call must have ended with.
func detailOf(err error) (*detail, error) {
	var reason *fault
	if !errors.As(err, &reason) || reason.detail() == nil {
		return nil, errors.Join(errors.New("there was no fault with a detail"), err)
	}
	return reason.detail(), nil
}

func declared(to service) (string, error) {
	_, err := call[string](to, "test_fail", struct {
		Reason string `xml:"reason"`
	}{odd})
	detail, err := detailOf(err)
	if err != nil {
		return "", err
	}
	if detail.Refused == nil {
		return "", errors.New("the detail has no TestRefusedFault")
	}
	got := []any{detail.Refused.Code, detail.Refused.Data.Reason, detail.Refused.Data.Attempts}
	for i, wanted := range []any{"test-refused", odd, int32(3)} {
		err = errors.Join(err, expect(got[i], wanted))
	}
	return "an error, whose detail is a struct", err
}

func params(to service) (string, error) {
	_, err := call[string](to, "test_greet", named{""})
	detail, err := detailOf(err)
	if err != nil {
		return "", err
	}
	if detail.Standard == nil || len(detail.Standard.Issues.Items) != 1 {
		return "", errors.New("the detail has no PolywireFault with one issue")
	}
	return "an error, whose detail is a struct with the issues", errors.Join(
		expect(detail.Standard.Code, "invalid-params"), expect(detail.Standard.Issues.Items[0].Path, "name"))
}

func who(to service) (string, error) {
	name, err := call[string](to, "edges_who", struct{}{})
	return "", errors.Join(err, expect(name, "ana"))
}

func main() {
	to := service{url: os.Args[1] + "/soap", envelope: envelope11}
	if os.Args[2] == "1.2" {
		to.envelope = envelope12
	}
	check("echo", func() (string, error) {
		text, err := call[string](to, "test_echo", struct {
			Text string `xml:"string"`
		}{odd})
		return "", errors.Join(err, expect(text, odd))
	})
	values(trips(to))
	check("list-of-one", func() (string, error) {
		got, err := call[list[string]](to, "edges_get_list", named{"one"})
		return "", errors.Join(err, expect(len(got.Items), 1))
	})
	check("default.absent", func() (string, error) {
		said, err := call[string](to, "edges_put_default", named{"absent"})
		return "", errors.Join(err, expect(said, "exact"))
	})
	check("nothing", func() (string, error) {
		_, err := call[struct{}](to, "edges_nothing", struct{}{})
		return "", err
	})
	check("fault.declared", func() (string, error) { return declared(to) })
	check("fault.params", func() (string, error) { return params(to) })
	known := func(token string, security *security) func() (string, error) {
		return func() (string, error) { return who(service{to.url, to.envelope, token, security}) }
	}
	check("token", known(os.Getenv("POLYWIRE_TOKEN"), nil))
	check("wsse.text", known("", userToken(false)))
	check("wsse.digest", known("", userToken(true)))
}
