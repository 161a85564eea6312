// libjson-rpc-cpp: a client in C++.
#include <cstdlib>
#include <functional>
#include <iostream>
#include <jsonrpccpp/client.h>
#include <jsonrpccpp/client/connectors/httpclient.h>
#include <sstream>
#include <stdexcept>

static const std::string odd = "Zo\u00eb & <Bob> ]]> \U0001F600";

/// The client cannot do it, for the reason given.
struct Impossible : std::runtime_error {
    using std::runtime_error::runtime_error;
};

static void say(const std::string &check, const std::string &status, std::string note) {
    for (char &letter : note)
        if (letter == '\n' || letter == '\t') letter = ' ';
    std::cout << check << '\t' << status << '\t' << note << std::endl;
}

/// Runs one check: it fails by an exception, and what it returns is told.
static void check(const std::string &name, const std::function<std::string()> &step) {
    try {
        say(name, "ok", step());
    } catch (const Impossible &reason) {
        say(name, "impossible", reason.what());
    } catch (const std::exception &reason) {
        say(name, "wrong", reason.what());
    }
}

static std::string expect(const Json::Value &value, const Json::Value &wanted) {
    if (value != wanted) throw std::runtime_error(value.toStyledString() + " is not " + wanted.toStyledString());
    return "";
}

static Json::Value named(const std::string &name) {
    Json::Value params;
    params["name"] = name;
    return params;
}

/// Takes a scalar out into C++'s own type; objects and arrays are Json::Value's.
static Json::Value native(const std::string &kind, const Json::Value &value) {
    if (kind == "boolean") return value.asBool();
    if (kind == "int") return value.asInt();
    if (kind == "int64") return std::to_string(std::stoll(value.asString()));
    if (kind == "float") return value.asDouble();
    return value.isString() ? Json::Value(value.asString()) : value;
}

static void there_and_back(jsonrpc::Client &client, const std::string &kind, const std::string &name) {
    Json::Value params = named(name);
    params["value"] = native(kind, client.CallMethod("edges.get_" + kind, named(name)));
    const std::string said = client.CallMethod("edges.put_" + kind, params).asString();
    if (said != "exact") throw std::runtime_error(said);
}

static jsonrpc::JsonRpcException fault(jsonrpc::Client &client, const std::string &name, const std::string &param, const std::string &text) {
    Json::Value params;
    params[param] = text;
    try {
        client.CallMethod(name, params);
    } catch (const jsonrpc::JsonRpcException &reason) {
        return reason;
    }
    throw std::runtime_error("there was no fault");
}

static std::string declared(jsonrpc::Client &client) {
    const jsonrpc::JsonRpcException reason = fault(client, "test.fail", "reason", odd);
    expect(reason.GetCode(), 1002);
    expect(reason.GetData()["code"], "test-refused");
    expect(reason.GetData()["data"]["reason"], odd);
    expect(reason.GetData()["data"]["attempts"], 3);
    return "jsonrpc::JsonRpcException with code 1002, reason and attempts in GetData()";
}

static std::string params(jsonrpc::Client &client) {
    const jsonrpc::JsonRpcException reason = fault(client, "test.greet", "name", "");
    expect(reason.GetCode(), -32602);
    expect(reason.GetData()["issues"][0]["path"], "name");
    return "jsonrpc::JsonRpcException with the path in GetData()";
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    jsonrpc::HttpClient http(std::string(arguments[1]) + "/jsonrpc");
    jsonrpc::Client client(http);
    const Json::Value none(Json::objectValue);
    check("echo", [&] {
        Json::Value params;
        params["string"] = odd;
        return expect(client.CallMethod("test.echo", params), odd);
    });
    std::istringstream values(std::getenv("POLYWIRE_VALUES"));
    for (std::string value; values >> value;)
        check(value, [&] {
            const size_t point = value.find('.');
            there_and_back(client, value.substr(0, point), value.substr(point + 1));
            return "";
        });
    check("list-of-one", [&] {
        Json::Value only(Json::arrayValue);
        only.append("only");
        return expect(client.CallMethod("edges.get_list", named("one")), only);
    });
    check("default.absent", [&] { return expect(client.CallMethod("edges.put_default", named("absent")), "exact"); });
    check("nothing", [&] { return expect(client.CallMethod("edges.nothing", none), Json::Value()); });
    check("fault.declared", [&] { return declared(client); });
    check("fault.params", [&] { return params(client); });
    check("token", [&] {
        http.AddHeader("Authorization", std::string("Bearer ") + std::getenv("POLYWIRE_TOKEN"));
        return expect(client.CallMethod("edges.who", none), "ana");
    });
}
