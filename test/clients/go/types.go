package main

import (
	"encoding/base64"
	"time"
)

// The types of the schema, as encoding/xml has them.

type put[Value any] struct {
	Name  string `xml:"name"`
	Value Value  `xml:"value"`
}

type list[Item any] struct {
	Items []Item `xml:"item"`
}

type mapOfInt struct {
	Entries []struct {
		Key   string `xml:"key"`
		Value int32  `xml:"value"`
	} `xml:"entry"`
}

type course struct {
	Name     string        `xml:"name"`
	Sections list[section] `xml:"sections"`
}

type section struct {
	Title   string       `xml:"title"`
	Modules list[module] `xml:"modules"`
}

type module struct {
	ID    int64        `xml:"id"`
	Tags  list[string] `xml:"tags"`
	Marks mapOfInt     `xml:"marks"`
}

type holder struct {
	ID   int32    `xml:"id"`
	Note nillable `xml:"note"`
}

// nillable is a text that may be nil, which encoding/xml has no pointer for.
type nillable struct {
	Nil   bool   `xml:"http://www.w3.org/2001/XMLSchema-instance nil,attr,omitempty"`
	Value string `xml:",chardata"`
}

type choice struct {
	ID    int32   `xml:"id"`
	Label *string `xml:"label"`
}

type entry struct {
	ID       int32   `xml:"id"`
	Username string  `xml:"username"`
	Email    string  `xml:"email"`
	Grade    float64 `xml:"grade"`
	Active   bool    `xml:"active"`
}

type polywireFault struct {
	Code   string `xml:"code"`
	Issues list[struct {
		Path string `xml:"path"`
	}] `xml:"issues"`
}

type testRefusedFault struct {
	Code string `xml:"code"`
	Data struct {
		Reason   string `xml:"reason"`
		Attempts int32  `xml:"attempts"`
	} `xml:"data"`
}

// binary is bytes, in base64 on the wire.
type binary []byte

func (b binary) MarshalText() ([]byte, error) {
	return []byte(base64.StdEncoding.EncodeToString(b)), nil
}

func (b *binary) UnmarshalText(text []byte) (err error) {
	*b, err = base64.StdEncoding.DecodeString(string(text))
	return err
}

// date is a day without a time.
type date struct{ time.Time }

func (d date) MarshalText() ([]byte, error) { return []byte(d.Format(time.DateOnly)), nil }

func (d *date) UnmarshalText(text []byte) (err error) {
	d.Time, err = time.Parse(time.DateOnly, string(text))
	return err
}
