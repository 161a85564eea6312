// Command xmlrpc is a client with github.com/kolo/xmlrpc.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/kolo/xmlrpc"
	"polywire.test/clients/report"
)

type module struct {
	ID    string         `xmlrpc:"id"`
	Tags  []string       `xmlrpc:"tags"`
	Marks map[string]int `xmlrpc:"marks"`
}

type section struct {
	Title   string   `xmlrpc:"title"`
	Modules []module `xmlrpc:"modules"`
}

type course struct {
	Name     string    `xmlrpc:"name"`
	Sections []section `xmlrpc:"sections"`
}

type holder struct {
	ID   int     `xmlrpc:"id"`
	Note *string `xmlrpc:"note,omitempty"`
}

type choice struct {
	ID    int     `xmlrpc:"id"`
	Label *string `xmlrpc:"label,omitempty"`
}

type entry struct {
	ID       int     `xmlrpc:"id"`
	Username string  `xmlrpc:"username"`
	Email    string  `xmlrpc:"email"`
	Grade    float64 `xmlrpc:"grade"`
	Active   bool    `xmlrpc:"active"`
}

var ways = map[string]func(report.Caller, string) error{
	"string":   report.There[string]("string"),
	"boolean":  report.There[bool]("boolean"),
	"int":      report.There[int]("int"),
	"int64":    report.There[string]("int64"),
	"float":    report.There[float64]("float"),
	"decimal":  report.There[string]("decimal"),
	"date":     report.There[string]("date"),
	"datetime": report.There[time.Time]("datetime"),
	"bytes":    report.There[xmlrpc.Base64]("bytes"),
	"enum":     report.There[string]("enum"),
	"list":     report.There[[]string]("list"),
	"map":      report.There[map[string]int]("map"),
	"object":   report.There[course]("object"),
	"json":     report.There[any]("json"),
	"nullable": report.There[holder]("nullable"),
	"optional": report.There[choice]("optional"),
	"records":  report.There[[]entry]("records"),
}

// withToken sends a header with each request.
type withToken string

func (token withToken) RoundTrip(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "Bearer "+string(token))
	return http.DefaultTransport.RoundTrip(request)
}

func connect(transport http.RoundTripper) report.Caller {
	client, err := xmlrpc.NewClient(os.Args[1]+"/xmlrpc", transport)
	if err != nil {
		panic(err)
	}
	return func(name string, result any, params ...any) error { return client.Call(name, params, result) }
}

// net/rpc, which the client is built on, makes of a fault its text: Fault(code): string.
func fault(call report.Caller, wanted string, name string, params ...any) func() (string, error) {
	return func() (string, error) {
		var result any
		err := call(name, &result, params...)
		if err == nil || !strings.HasPrefix(err.Error(), "Fault(") || !strings.Contains(err.Error(), wanted) {
			return "", fmt.Errorf("not the fault that should be: %v", err)
		}
		return fmt.Sprintf("%T, whose text has the code and the faultString", err), nil
	}
}

func main() {
	call := connect(nil)
	report.Check("echo", report.Equal(call, report.Odd, "test.echo", report.Odd))
	report.Values(call, ways, map[string]report.Impossible{
		"json.any": "kolo/xmlrpc reads nil as nil and writes nil as an empty value",
	})
	report.Check("list-of-one", report.Equal(call, []string{"only"}, "edges.get_list", "one"))
	report.Check("default.absent", report.Equal(call, "exact", "edges.put_default", "absent"))
	report.Check("nothing", report.Equal(call, true, "edges.nothing"))
	report.Check("fault.declared", fault(call, "Fault(1002): test-refused: The test was refused", "test.fail", report.Odd))
	report.Check("fault.params", fault(call, "[name: ", "test.greet", ""))
	known := connect(withToken(os.Getenv("POLYWIRE_TOKEN")))
	report.Check("token", report.Equal(known, "ana", "edges.who"))
}
