package main

import (
	"encoding/base64"
	"encoding/xml"

	"github.com/hooklift/gowsdl/soap"

	"polywire.test/names/gen"
)

// putDecimal is in place of gowsdl's type, which has a float64 for xsd:decimal.
type putDecimal struct {
	XMLName xml.Name `xml:"urn:polywire edges_put_decimal"`
	put[string]
}

// putNullable is in place of gowsdl's type, whose *string encoding/xml neither reads from nor writes as xsi:nil.
type putNullable struct {
	XMLName xml.Name `xml:"urn:polywire edges_put_nullable"`
	put[holder]
}

type result[Value any] struct {
	Result Value `xml:"result"`
}

// ask is a call of gowsdl's library with types of one's own.
func ask[Value any](client *soap.Client, operation string, request any) Value {
	var answer result[Value]
	if err := client.Call("urn:polywire#"+operation, request, &answer); err != nil {
		panic(err)
	}
	return answer.Result
}

// ownTrips are of what gowsdl's types cannot hold.
func ownTrips(client *soap.Client) map[string]func(string) string {
	return map[string]func(string) string{
		"decimal": func(name string) string {
			value := ask[string](client, "edges_get_decimal", &gen.Edges_get_decimal{Name: name})
			return ask[string](client, "edges_put_decimal", &putDecimal{put: put[string]{name, value}})
		},
		"nullable": func(name string) string {
			value := ask[holder](client, "edges_get_nullable", &gen.Edges_get_nullable{Name: name})
			return ask[string](client, "edges_put_nullable", &putNullable{put: put[holder]{name, value}})
		},
	}
}

func stubTrips(port gen.PolywirePortType) map[string]func(string) string {
	return map[string]func(string) string{
		"string": func(name string) string {
			got := must(port.Edges_get_string(&gen.Edges_get_string{Name: name}))
			return must(port.Edges_put_string(&gen.Edges_put_string{Name: name, Value: got.Result})).Result
		},
		"boolean": func(name string) string {
			got := must(port.Edges_get_boolean(&gen.Edges_get_boolean{Name: name}))
			return must(port.Edges_put_boolean(&gen.Edges_put_boolean{Name: name, Value: got.Result})).Result
		},
		"int": func(name string) string {
			got := must(port.Edges_get_int(&gen.Edges_get_int{Name: name}))
			return must(port.Edges_put_int(&gen.Edges_put_int{Name: name, Value: got.Result})).Result
		},
		"int64": func(name string) string {
			got := must(port.Edges_get_int64(&gen.Edges_get_int64{Name: name}))
			return must(port.Edges_put_int64(&gen.Edges_put_int64{Name: name, Value: got.Result})).Result
		},
		"float": func(name string) string {
			got := must(port.Edges_get_float(&gen.Edges_get_float{Name: name}))
			return must(port.Edges_put_float(&gen.Edges_put_float{Name: name, Value: got.Result})).Result
		},
		"date": func(name string) string {
			got := must(port.Edges_get_date(&gen.Edges_get_date{Name: name}))
			return must(port.Edges_put_date(&gen.Edges_put_date{Name: name, Value: soap.CreateXsdDate(got.Result.ToGoTime(), false)})).Result
		},
		"datetime": func(name string) string {
			got := must(port.Edges_get_datetime(&gen.Edges_get_datetime{Name: name}))
			return must(port.Edges_put_datetime(&gen.Edges_put_datetime{Name: name, Value: soap.CreateXsdDateTime(got.Result.ToGoTime(), true)})).Result
		},
		"bytes": func(name string) string {
			got := must(port.Edges_get_bytes(&gen.Edges_get_bytes{Name: name}))
			value := must(base64.StdEncoding.DecodeString(string(got.Result))) // gowsdl's []byte is the text of it
			return must(port.Edges_put_bytes(&gen.Edges_put_bytes{Name: name, Value: []byte(base64.StdEncoding.EncodeToString(value))})).Result
		},
		"enum": func(name string) string {
			got := must(port.Edges_get_enum(&gen.Edges_get_enum{Name: name}))
			return must(port.Edges_put_enum(&gen.Edges_put_enum{Name: name, Value: (*gen.Edges_put_enum_value)(got.Result)})).Result
		},
		"list": func(name string) string {
			got := must(port.Edges_get_list(&gen.Edges_get_list{Name: name}))
			return must(port.Edges_put_list(&gen.Edges_put_list{Name: name, Value: got.Result})).Result
		},
		"map": func(name string) string {
			got := must(port.Edges_get_map(&gen.Edges_get_map{Name: name}))
			return must(port.Edges_put_map(&gen.Edges_put_map{Name: name, Value: got.Result})).Result
		},
		"object": func(name string) string {
			got := must(port.Edges_get_object(&gen.Edges_get_object{Name: name}))
			return must(port.Edges_put_object(&gen.Edges_put_object{Name: name, Value: got.Result})).Result
		},
		"json": func(name string) string {
			got := must(port.Edges_get_json(&gen.Edges_get_json{Name: name}))
			return must(port.Edges_put_json(&gen.Edges_put_json{Name: name, Value: got.Result})).Result
		},
		"optional": func(name string) string {
			got := must(port.Edges_get_optional(&gen.Edges_get_optional{Name: name}))
			return must(port.Edges_put_optional(&gen.Edges_put_optional{Name: name, Value: got.Result})).Result
		},
		"records": func(name string) string {
			got := must(port.Edges_get_records(&gen.Edges_get_records{Name: name}))
			return must(port.Edges_put_records(&gen.Edges_put_records{Name: name, Value: got.Result})).Result
		},
	}
}

func trips(client *soap.Client, port gen.PolywirePortType) map[string]func(string) (string, error) {
	all := map[string]func(string) (string, error){}
	for _, some := range []map[string]func(string) string{stubTrips(port), ownTrips(client)} {
		for kind, trip := range some {
			all[kind] = caught(trip)
		}
	}
	return all
}
