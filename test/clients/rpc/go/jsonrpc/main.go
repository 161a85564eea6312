// Command jsonrpc is a JSON-RPC client with github.com/gorilla/rpc/v2/json2 over net/http.
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/gorilla/rpc/v2/json2"
	"polywire.test/clients/report"
)

// int64Text is an int64 that JSON has as a string of digits.
type int64Text int64

func (value int64Text) MarshalText() ([]byte, error) {
	return strconv.AppendInt(nil, int64(value), 10), nil
}

func (value *int64Text) UnmarshalText(text []byte) error {
	read, err := strconv.ParseInt(string(text), 10, 64)
	*value = int64Text(read)
	return err
}

type module struct {
	ID    int64          `json:"id,string"`
	Tags  []string       `json:"tags"`
	Marks map[string]int `json:"marks"`
}

type section struct {
	Title   string   `json:"title"`
	Modules []module `json:"modules"`
}

type course struct {
	Name     string    `json:"name"`
	Sections []section `json:"sections"`
}

type holder struct {
	ID   int     `json:"id"`
	Note *string `json:"note"`
}

type choice struct {
	ID    int     `json:"id"`
	Label *string `json:"label,omitempty"`
}

type entry struct {
	ID       int     `json:"id"`
	Username string  `json:"username"`
	Email    string  `json:"email"`
	Grade    float64 `json:"grade"`
	Active   bool    `json:"active"`
}

var ways = map[string]func(report.Caller, string) error{
	"string":   report.There[string]("string"),
	"boolean":  report.There[bool]("boolean"),
	"int":      report.There[int32]("int"),
	"int64":    report.There[int64Text]("int64"),
	"float":    report.There[float64]("float"),
	"decimal":  report.There[string]("decimal"),
	"date":     report.There[string]("date"),
	"datetime": report.There[time.Time]("datetime"),
	"bytes":    report.There[[]byte]("bytes"),
	"enum":     report.There[string]("enum"),
	"list":     report.There[[]string]("list"),
	"map":      report.There[map[string]int]("map"),
	"object":   report.There[course]("object"),
	"json":     report.There[any]("json"),
	"nullable": report.There[holder]("nullable"),
	"optional": report.There[choice]("optional"),
	"records":  report.There[[]entry]("records"),
}

func connect(token string) report.Caller {
	return func(name string, result any, params ...any) error {
		if params == nil {
			params = []any{}
		}
		body, err := json2.EncodeClientRequest(name, params)
		if err != nil {
			return err
		}
		request, err := http.NewRequest("POST", os.Args[1]+"/jsonrpc", bytes.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		if token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		return json2.DecodeClientResponse(response.Body, result)
	}
}

// refusal is the error that a call must end with, and its error object.
func refusal(call report.Caller, name string, params ...any) (*json2.Error, map[string]any, error) {
	var result any
	err, known := call(name, &result, params...).(*json2.Error)
	if !known {
		return nil, nil, fmt.Errorf("there was no fault")
	}
	data, known := err.Data.(map[string]any)
	if !known {
		return nil, nil, fmt.Errorf("the fault has no data: %#v", err.Data)
	}
	return err, data, nil
}

func declared(call report.Caller) (string, error) {
	err, data, reason := refusal(call, "test.fail", report.Odd)
	if reason != nil {
		return "", reason
	}
	wanted := []any{json2.ErrorCode(1002), "test-refused", map[string]any{"reason": report.Odd, "attempts": 3.0}}
	return "*json2.Error with Code 1002, reason and attempts in Data", report.Expect([]any{err.Code, data["code"], data["data"]}, wanted)
}

func params(call report.Caller) (string, error) {
	err, data, reason := refusal(call, "test.greet", "")
	if reason != nil {
		return "", reason
	}
	issues, _ := data["issues"].([]any)
	if len(issues) != 1 {
		return "", fmt.Errorf("not one issue: %#v", data)
	}
	issue, _ := issues[0].(map[string]any)
	return "*json2.Error with the path in Data", report.Expect([]any{err.Code, issue["path"]}, []any{json2.ErrorCode(-32602), "name"})
}

// answer is whether a call has a result: json2 has an error of its own for null.
func nothing(call report.Caller) (string, error) {
	var result any
	err := call("edges.nothing", &result)
	if err == json2.ErrNullResult {
		return "json2.ErrNullResult", nil
	}
	return "", fmt.Errorf("not the null that should be: %v, %v", result, err)
}

func main() {
	call := connect("")
	report.Check("echo", report.Equal(call, report.Odd, "test.echo", report.Odd))
	report.Values(call, ways, nil)
	report.Check("list-of-one", report.Equal(call, []string{"only"}, "edges.get_list", "one"))
	report.Check("default.absent", report.Equal(call, "exact", "edges.put_default", "absent"))
	report.Check("nothing", func() (string, error) { return nothing(call) })
	report.Check("fault.declared", func() (string, error) { return declared(call) })
	report.Check("fault.params", func() (string, error) { return params(call) })
	report.Check("token", report.Equal(connect(os.Getenv("POLYWIRE_TOKEN")), "ana", "edges.who"))
}
