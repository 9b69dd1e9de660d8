#include "emulator/event/event_maps.hpp"

#include "emulator/http/percent.hpp"

#include <span>

namespace understudy::event {
namespace {

/// The values of one name: of header fields or of a parameter.
std::string_view text_of(const HeaderField& field) {
    return field.value;
}
std::string_view text_of(const std::string& value) {
    return value;
}

/// Writes what stands under one name. Preconditions: there is a value.
template <typename Value>
void write_values(JsonWriter& json, std::span<const Value> values, Repeated repeated) {
    switch (repeated) {
        case Repeated::last:
            json.text(text_of(values.back()));
            return;
        case Repeated::all:
            json.begin_array();
            for (const Value& value : values) json.text(text_of(value));
            json.end_array();
            return;
        case Repeated::joined:
            json.begin_text();
            for (const Value& value : values) {
                if (&value != &values.front()) json.add(",");
                json.add(text_of(value));
            }
            json.end_text();
            return;
    }
}

}  // namespace

void write_headers(JsonWriter& json, const EventHeaders& headers, Repeated repeated) {
    const std::span<const HeaderField> fields = headers.fields();
    json.begin_object();
    for (std::size_t i = 0; i < fields.size(); i = headers.group_end(i)) {
        write_values(json.member(fields[i].name), fields.subspan(i, headers.group_end(i) - i), repeated);
    }
    json.end_object();
}

void write_parameters(JsonWriter& json, const std::vector<Parameter>& parameters, Repeated repeated) {
    json.begin_object();
    for (const Parameter& parameter : parameters) {
        write_values<std::string>(json.member(parameter.name), parameter.values, repeated);
    }
    json.end_object();
}

void write_variables(JsonWriter& json, Place::Variables variables) {
    json.begin_object();
    for (const auto& [name, value] : variables) json.member(name).text(value);
    json.end_object();
}

void write_path_parameters(JsonWriter& json, const std::vector<PathParameter>& parameters, PathForm form) {
    json.begin_object();
    for (const auto& [name, value] : parameters) {
        const bool decodes = form == PathForm::decoded && value.find('%') != std::string::npos;
        json.member(name).text(decodes ? http::decode_percent(value, http::Plus::literal) : value);
    }
    json.end_object();
}

void write_query_or_null(JsonWriter& json, const std::vector<Parameter>& parameters) {
    if (parameters.empty()) {
        json.key("queryStringParameters").null();
        json.key("multiValueQueryStringParameters").null();
        return;
    }
    write_parameters(json.key("queryStringParameters"), parameters, Repeated::last);
    write_parameters(json.key("multiValueQueryStringParameters"), parameters, Repeated::all);
}

void write_path_or_null(JsonWriter& json, const Place& place, PathForm form) {
    json.key("pathParameters");
    place.path_parameters.empty() ? json.null() : write_path_parameters(json, place.path_parameters, form);
}

void write_variables_or_null(JsonWriter& json, const Place& place) {
    json.key("stageVariables");
    place.stage_variables.empty() ? json.null() : write_variables(json, place.stage_variables);
}

}  // namespace understudy::event
