package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
)

const (
	namespace = "urn:polywire"
)

// service is where calls go, in which version, and with what.
type service struct {
	url, envelope, token string
	security             *security
}

// request is the wrapper of document/literal: its parameters, named after its operation.
type request struct {
	operation string
	params    any
}

func (r request) MarshalXML(encoder *xml.Encoder, _ xml.StartElement) error {
	return encoder.EncodeElement(r.params, xml.StartElement{Name: xml.Name{Space: namespace, Local: r.operation}})
}

type outgoing struct {
	XMLName xml.Name
	Header  *header
	Body    struct {
		XMLName xml.Name
		Request request
	}
}

type header struct {
	XMLName  xml.Name
	Security *security
}

type incoming[Result any] struct {
	Body struct {
		Fault    *fault `xml:"Fault"`
		Response struct {
			Result Result `xml:"result"`
		} `xml:",any"`
	} `xml:"Body"`
}

// fault is one of either version; its detail is read into the types of the schema.
type fault struct {
	String   string  `xml:"faultstring"`
	Reason   string  `xml:"Reason>Text"`
	Detail11 *detail `xml:"detail"`
	Detail12 *detail `xml:"Detail"`
}

type detail struct {
	Standard *polywireFault    `xml:"urn:polywire PolywireFault"`
	Refused  *testRefusedFault `xml:"urn:polywire TestRefusedFault"`
}

func (f *fault) Error() string { return f.String + f.Reason }

func (f *fault) detail() *detail {
	if f.Detail11 != nil {
		return f.Detail11
	}
	return f.Detail12
}

// call sends a struct of parameters and answers the result.
func call[Result any](to service, operation string, params any) (result Result, err error) {
	message := outgoing{XMLName: xml.Name{Space: to.envelope, Local: "Envelope"}}
	if to.security != nil {
		message.Header = &header{xml.Name{Space: to.envelope, Local: "Header"}, to.security}
	}
	message.Body.XMLName = xml.Name{Space: to.envelope, Local: "Body"}
	message.Body.Request = request{operation, params}
	text, err := xml.Marshal(message)
	if err != nil {
		return result, err
	}
	answer, err := to.post(operation, text)
	if err != nil {
		return result, err
	}
	var got incoming[Result]
	if err := xml.Unmarshal(answer, &got); err != nil {
		return result, fmt.Errorf("%w: %s", err, answer)
	}
	if got.Body.Fault != nil {
		return result, got.Body.Fault
	}
	return got.Body.Response.Result, nil
}

func (to service) post(operation string, message []byte) ([]byte, error) {
	post, err := http.NewRequest(http.MethodPost, to.url, bytes.NewReader(message))
	if err != nil {
		return nil, err
	}
	action := `"` + namespace + "#" + operation + `"`
	if to.envelope == envelope12 {
		post.Header.Set("Content-Type", "application/soap+xml; charset=utf-8; action="+action)
	} else {
		post.Header.Set("Content-Type", "text/xml; charset=utf-8")
		post.Header.Set("SOAPAction", action)
	}
	if to.token != "" {
		post.Header.Set("Authorization", "Bearer "+to.token)
	}
	answer, err := http.DefaultClient.Do(post)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}
