// SOAP by the stubs that gowsdl makes, and its library: client URL
package main

import (
	"encoding/xml"
	"errors"
	"os"

	"github.com/hooklift/gowsdl/soap"

	"polywire.test/names/gen"
)

func must[Value any](value Value, err error) Value {
	if err != nil {
		panic(err)
	}
	return value
}

// caught makes what must has panicked with an error again.
func caught(step func(string) string) func(string) (string, error) {
	return func(name string) (said string, err error) {
		defer func() {
			if reason := recover(); reason != nil {
				err = reason.(error)
			}
		}()
		return step(name), nil
	}
}

// details are what the faults of the WSDL have as their detail.
type details struct {
	Standard *gen.PolywireFault    `xml:"urn:polywire PolywireFault"`
	Refused  *gen.TestRefusedFault `xml:"urn:polywire TestRefusedFault"`
}

func (d *details) HasData() bool { return d.Standard != nil || d.Refused != nil }

func (d *details) ErrorString() string {
	if d.Refused != nil {
		return d.Refused.Message
	}
	return d.Standard.Message
}

// detailOf reads the fault that a call must have ended with: gowsdl 0.5 leaves it in the body of its HTTPError, as SOAP 1.1 has
// faults come with the status 500.
func detailOf(err error) (*details, error) {
	var refused *soap.HTTPError
	if !errors.As(err, &refused) {
		return nil, errors.Join(errors.New("there was no HTTPError"), err)
	}
	found := new(details)
	fault := &soap.SOAPFault{Detail: found}
	envelope := soap.SOAPEnvelopeResponse{Body: soap.SOAPBodyResponse{Content: new(struct{}), Fault: fault}}
	if err := xml.Unmarshal(refused.ResponseBody, &envelope); err != nil {
		return nil, err
	}
	if err := envelope.Body.ErrorFromFault(); err == nil || err.Error() != found.ErrorString() {
		return nil, errors.Join(errors.New("the fault has no detail that is known"), err)
	}
	return found, nil
}

func declared(port gen.PolywirePortType) (string, error) {
	_, err := port.Test_fail(&gen.Test_fail{Reason: odd})
	found, err := detailOf(err)
	if err != nil {
		return "", err
	}
	if found.Refused == nil {
		return "", errors.New("the detail has no TestRefusedFault")
	}
	return "soap.HTTPError, whose body decodes to a soap.SOAPFault with the generated TestRefusedFault as its detail", errors.Join(
		expect(found.Refused.Code, "test-refused"),
		expect(found.Refused.Data.Reason, odd),
		expect(found.Refused.Data.Attempts, 3))
}

func params(port gen.PolywirePortType) (string, error) {
	_, err := port.Test_greet(&gen.Test_greet{Name: ""})
	found, err := detailOf(err)
	if err != nil {
		return "", err
	}
	if found.Standard == nil || len(found.Standard.Issues.Item) != 1 {
		return "", errors.New("the detail has no PolywireFault with one issue")
	}
	return "soap.HTTPError, whose body decodes to a soap.SOAPFault with the generated PolywireFault and its issues", errors.Join(
		expect(found.Standard.Code, "invalid-params"), expect(found.Standard.Issues.Item[0].Path, "name"))
}

// known asks who calls, with more in the client: an option or a header.
func known(client *soap.Client) func() (string, error) {
	return func() (string, error) {
		answer, err := gen.NewPolywirePortType(client).Edges_who(&gen.Edges_who{})
		if err != nil {
			return "", err
		}
		return "", expect(answer.Result, "ana")
	}
}

func withHeader(url string, header any) *soap.Client {
	client := soap.NewClient(url)
	client.AddHeader(header)
	return client
}

func main() {
	url := os.Args[1] + "/soap"
	client := soap.NewClient(url)
	port := gen.NewPolywirePortType(client)
	check("echo", func() (string, error) {
		answer, err := port.Test_echo(&gen.Test_echo{Astring: odd})
		if err != nil {
			return "", err
		}
		return "", expect(answer.Result, odd)
	})
	values(trips(client, port))
	check("list-of-one", func() (string, error) {
		answer, err := port.Edges_get_list(&gen.Edges_get_list{Name: "one"})
		if err != nil {
			return "", err
		}
		return "", expect(len(answer.Result.Item), 1)
	})
	check("default.absent", func() (string, error) {
		answer, err := port.Edges_put_default(&gen.Edges_put_default{Name: "absent"})
		if err != nil {
			return "", err
		}
		return "", expect(answer.Result, "exact")
	})
	check("nothing", func() (string, error) {
		_, err := port.Edges_nothing(&gen.Edges_nothing{})
		return "", err
	})
	check("fault.declared", func() (string, error) { return declared(port) })
	check("fault.params", func() (string, error) { return params(port) })
	bearer := map[string]string{"Authorization": "Bearer " + os.Getenv("POLYWIRE_TOKEN")}
	check("token", known(soap.NewClient(url, soap.WithHTTPHeaders(bearer))))
	text := soap.NewWSSSecurityHeader(os.Getenv("POLYWIRE_USER"), os.Getenv("POLYWIRE_PASSWORD"), "user", "1")
	check("wsse.text", known(withHeader(url, text)))
	check("wsse.digest", known(withHeader(url, userToken(true)))) // gowsdl has a header for the text alone
}
