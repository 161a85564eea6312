/* xmlrpc-c: a client in C. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include <xmlrpc-c/base.h>
#include <xmlrpc-c/client.h>

/* Without a character beyond the Basic Multilingual Plane: the client takes it for broken UTF-8. */
static const char odd[] = "Zo\xc3\xab & <Bob> ]]>";

#define PLANE "xmlrpc-c refuses characters beyond the Basic Multilingual Plane as broken UTF-8, in and out"
#define DOUBLE "xmlrpc-c reads and writes doubles by an arithmetic of its own, whose last digit can be wrong: 0.75 is sent as 0.7500000000000001"

/* What the client cannot do, whoever uses it. */
static const char *const impossible[][2] = {
    {"string.odd", PLANE}, {"list.many", PLANE}, {"object.deep", PLANE}, {"json.any", PLANE},
    {"float.tiny", DOUBLE}, {"records.thousand", DOUBLE},
};

static xmlrpc_client *client;
static xmlrpc_server_info *server;

static void say(const char *check, const char *status, const char *note) {
    printf("%s\t%s\t%s\n", check, status, note);
    fflush(stdout);
}

/* Tells what came of a check, and readies the environment for the next. */
static void conclude(const char *check, xmlrpc_env *env, const char *note) {
    const char *reason = NULL;
    for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; i++)
        if (strcmp(impossible[i][0], check) == 0) reason = impossible[i][1];
    if (env->fault_occurred && reason != NULL) say(check, "impossible", reason);
    else if (env->fault_occurred) say(check, "wrong", env->fault_string);
    else say(check, "ok", note);
    xmlrpc_env_clean(env);
    xmlrpc_env_init(env);
}

static xmlrpc_value *call(xmlrpc_env *env, const char *name, xmlrpc_value *params) {
    xmlrpc_value *result = NULL;
    if (env->fault_occurred) return NULL;
    xmlrpc_client_call2(env, client, server, name, params, &result);
    xmlrpc_DECREF(params);
    return result;
}

static void expect_text(xmlrpc_env *env, xmlrpc_value *value, const char *wanted) {
    const char *text = NULL;
    xmlrpc_read_string(env, value, &text);
    if (!env->fault_occurred && strcmp(text, wanted) != 0) xmlrpc_env_set_fault_formatted(env, 1, "it is %s", text);
    free((void *)text);
}

/* Takes a value out into C's own type and makes a value of that; lists and structs are the library's own. */
static xmlrpc_value *rebuilt(xmlrpc_env *env, xmlrpc_value *value) {
    switch (xmlrpc_value_type(value)) {
    case XMLRPC_TYPE_INT: {
        int number;
        xmlrpc_read_int(env, value, &number);
        return xmlrpc_int_new(env, number);
    }
    case XMLRPC_TYPE_BOOL: {
        xmlrpc_bool truth;
        xmlrpc_read_bool(env, value, &truth);
        return xmlrpc_bool_new(env, truth);
    }
    case XMLRPC_TYPE_DOUBLE: {
        double number;
        xmlrpc_read_double(env, value, &number);
        return xmlrpc_double_new(env, number);
    }
    case XMLRPC_TYPE_DATETIME: {
        xmlrpc_datetime moment;
        xmlrpc_read_datetime(env, value, &moment);
        return xmlrpc_datetime_new(env, moment);
    }
    case XMLRPC_TYPE_STRING: {
        size_t length;
        const char *text;
        xmlrpc_read_string_lp(env, value, &length, &text);
        xmlrpc_value *again = env->fault_occurred ? NULL : xmlrpc_string_new_lp(env, length, text);
        free((void *)text);
        return again;
    }
    case XMLRPC_TYPE_BASE64: {
        size_t length;
        const unsigned char *bytes;
        xmlrpc_read_base64(env, value, &length, &bytes);
        xmlrpc_value *again = env->fault_occurred ? NULL : xmlrpc_base64_new(env, length, bytes);
        free((void *)bytes);
        return again;
    }
    default:
        xmlrpc_INCREF(value);
        return value;
    }
}

static void there_and_back(xmlrpc_env *env, const char *kind, const char *name) {
    char get[100], put[100];
    snprintf(get, sizeof get, "edges.get_%s", kind);
    snprintf(put, sizeof put, "edges.put_%s", kind);
    xmlrpc_value *value = call(env, get, xmlrpc_build_value(env, "(s)", name));
    if (env->fault_occurred) return;
    xmlrpc_value *again = rebuilt(env, value);
    xmlrpc_DECREF(value);
    if (env->fault_occurred) return;
    xmlrpc_value *said = call(env, put, xmlrpc_build_value(env, "(sV)", name, again));
    xmlrpc_DECREF(again);
    if (env->fault_occurred) return;
    const char *text;
    xmlrpc_read_string(env, said, &text);
    if (strcmp(text, "exact") != 0 && strcmp(text, "loss") != 0) xmlrpc_env_set_fault(env, 1, text);
    free((void *)text);
    xmlrpc_DECREF(said);
}

static void values(xmlrpc_env *env) {
    char *names = strdup(getenv("POLYWIRE_VALUES"));
    for (char *value = strtok(names, " "); value != NULL; value = strtok(NULL, " ")) {
        char kind[50] = "";
        const char *point = strchr(value, '.');
        memcpy(kind, value, (size_t)(point - value));
        there_and_back(env, kind, point + 1);
        conclude(value, env, "");
    }
    free(names);
}

static void fault(xmlrpc_env *env, const char *check, const char *name, const char *text, int code, const char *part) {
    call(env, name, xmlrpc_build_value(env, "(s)", text));
    if (env->fault_occurred && env->fault_code == code && strstr(env->fault_string, part) != NULL) {
        xmlrpc_env_clean(env);
        xmlrpc_env_init(env);
        say(check, "ok", "xmlrpc_env with fault_code and fault_string");
    } else {
        if (!env->fault_occurred) xmlrpc_env_set_fault(env, 1, "there was no fault");
        conclude(check, env, "");
    }
}

static void list_of_one(xmlrpc_env *env) {
    xmlrpc_value *list = call(env, "edges.get_list", xmlrpc_build_value(env, "(s)", "one"));
    if (env->fault_occurred) return;
    if (xmlrpc_array_size(env, list) == 1) {
        xmlrpc_value *only;
        xmlrpc_array_read_item(env, list, 0, &only);
        expect_text(env, only, "only");
        xmlrpc_DECREF(only);
    } else if (!env->fault_occurred) xmlrpc_env_set_fault(env, 1, "it is not an array of one");
    xmlrpc_DECREF(list);
}

static void text_answer(xmlrpc_env *env, const char *check, const char *name, xmlrpc_value *params, const char *wanted) {
    xmlrpc_value *answer = call(env, name, params);
    if (!env->fault_occurred) {
        expect_text(env, answer, wanted);
        xmlrpc_DECREF(answer);
    }
    conclude(check, env, "");
}

static void nothing(xmlrpc_env *env) {
    xmlrpc_value *answer = call(env, "edges.nothing", xmlrpc_array_new(env));
    if (env->fault_occurred) return;
    xmlrpc_bool truth = 0;
    xmlrpc_read_bool(env, answer, &truth);
    if (!truth && !env->fault_occurred) xmlrpc_env_set_fault(env, 1, "it is not true");
    xmlrpc_DECREF(answer);
}

static size_t keep(char *bytes, size_t size, size_t count, void *kept) {
    xmlrpc_env env;
    xmlrpc_env_init(&env);
    XMLRPC_MEMBLOCK_APPEND(char, &env, kept, bytes, size * count);
    xmlrpc_env_clean(&env);
    return size * count;
}

/* The client's own transport has no header but its own: who needs one takes the two halves of it and curl between. */
static void token(xmlrpc_env *env, const char *url) {
    char header[300];
    snprintf(header, sizeof header, "Authorization: Bearer %s", getenv("POLYWIRE_TOKEN"));
    struct curl_slist *headers = curl_slist_append(curl_slist_append(NULL, "Content-Type: text/xml"), header);
    xmlrpc_mem_block *kept = XMLRPC_MEMBLOCK_NEW(char, env, 0);
    xmlrpc_mem_block *body = XMLRPC_MEMBLOCK_NEW(char, env, 0);
    xmlrpc_value *params = xmlrpc_array_new(env), *result = NULL;
    xmlrpc_serialize_call(env, body, "edges.who", params);
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, XMLRPC_MEMBLOCK_CONTENTS(char, body));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)XMLRPC_MEMBLOCK_SIZE(char, body));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, kept);
    if (curl_easy_perform(curl) != CURLE_OK) xmlrpc_env_set_fault(env, 1, "curl failed");
    else {
        int code;
        const char *text;
        size_t size = XMLRPC_MEMBLOCK_SIZE(char, kept);
        xmlrpc_parse_response2(env, XMLRPC_MEMBLOCK_CONTENTS(char, kept), size, &result, &code, &text);
        if (!env->fault_occurred && result == NULL) xmlrpc_env_set_fault(env, code, text);
    }
    if (!env->fault_occurred) expect_text(env, result, "ana");
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    xmlrpc_DECREF(params);
    XMLRPC_MEMBLOCK_FREE(char, body);
    XMLRPC_MEMBLOCK_FREE(char, kept);
}

int main(int count, char **arguments) {
    xmlrpc_env env;
    char url[200];
    if (count < 2) return 2;
    snprintf(url, sizeof url, "%s/xmlrpc", arguments[1]);
    xmlrpc_env_init(&env);
    xmlrpc_client_setup_global_const(&env);
    xmlrpc_client_create(&env, XMLRPC_CLIENT_NO_FLAGS, "polywire-test", "1", NULL, 0, &client);
    server = xmlrpc_server_info_new(&env, url);
    if (env.fault_occurred) {
        fprintf(stderr, "%s\n", env.fault_string);
        return 1;
    }
    text_answer(&env, "echo", "test.echo", xmlrpc_build_value(&env, "(s)", odd), odd);
    values(&env);
    list_of_one(&env);
    conclude("list-of-one", &env, "");
    text_answer(&env, "default.absent", "edges.put_default", xmlrpc_build_value(&env, "(s)", "absent"), "exact");
    nothing(&env);
    conclude("nothing", &env, "");
    fault(&env, "fault.declared", "test.fail", odd, 1002, "test-refused: The test was refused");
    fault(&env, "fault.params", "test.greet", "", -32602, "[name: ");
    token(&env, url);
    conclude("token", &env, "");
    xmlrpc_server_info_free(server);
    xmlrpc_client_destroy(client);
    xmlrpc_client_teardown_global_const();
    return 0;
}
