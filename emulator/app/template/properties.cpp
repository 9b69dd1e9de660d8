#include "emulator/app/template/properties.hpp"

#include "emulator/app/template/names.hpp"
#include "emulator/app/template/property_tables.hpp"
#include "emulator/app/template/value_rules.hpp"
#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

/// Reads one word of a table: `Name`, then `~` ignored or `!` noticed, then `=Shape`, `={}Shape` or `=[]Shape`.
Property parse_property(std::string_view word) {
    Property property;
    const std::size_t equals = word.find('=');
    std::string_view name = word.substr(0, equals);
    if (equals != std::string_view::npos) {
        property.shape = word.substr(equals + 1);
        if (property.shape.starts_with("{}")) property.holds = Holds::map;
        if (property.shape.starts_with("[]")) property.holds = Holds::list;
        if (property.holds != Holds::one) property.shape.remove_prefix(2);
    }
    if (name.ends_with('~')) property.care = Care::ignored;
    if (name.ends_with('!')) property.care = Care::noticed;
    if (property.care != Care::read) name.remove_suffix(1);
    property.name = name;
    return property;
}

Shape parse_shape(const PropertyTable& table) {
    Shape shape{.name = table.shape, .strict = table.strict};
    for (const std::string_view word : split_words(table.properties)) {
        if (!word.empty()) shape.properties.push_back(parse_property(word));
    }
    return shape;
}

std::vector<Shape> parse_tables() {
    std::vector<Shape> shapes;
    for (const auto tables : {serverless_tables(), gateway_tables(), other_tables()}) {
        for (const PropertyTable& table : tables) shapes.push_back(parse_shape(table));
    }
    return shapes;
}

void report_unknown(const Entry& entry, const Shape& shape, const std::string& owner, Findings& findings) {
    // OpenAPI documents may hold extensions of anyone's.
    const bool foreign = entry.key.starts_with("x-") && !entry.key.starts_with("x-amazon-apigateway");
    if (!entry.node || (foreign && !shape.strict)) return;
    std::vector<std::string_view> names;
    for (const Property& property : shape.properties) names.push_back(property.name);
    const std::string message = "unknown property '" + entry.key + "' in " + owner;
    if (shape.strict) return findings.fail_unknown(*entry.node, entry.key, message, names);
    findings.note(entry.node->problem(source::ProblemCode::invalid, message)
                      .with_hint(source::render_suggestion(entry.key, names)));
}

/// What has members of its own is a map, unless rules say what else it may be.
void check_kind(const Value& value, const Property& property, std::string_view place, Findings& findings) {
    if (!value.present() || value.is_map() || value.made_up || property.holds == Holds::list || names_kinds(place))
        return;
    findings.fail(value, "AWS takes a map here");
}

void check_held(const Value& value, const Property& property, const std::string& owner, Findings& findings) {
    switch (property.holds) {
        case Holds::one:
            check_properties(value, property.shape, owner, findings);
            return;
        case Holds::map:
            for (const Entry& entry : value.members) check_properties(entry.value, property.shape, owner, findings);
            return;
        case Holds::list:
            for (const Value& item : value.items) check_properties(item, property.shape, owner, findings);
            return;
    }
}

}  // namespace

const Property* Shape::find(std::string_view property) const {
    const auto found = std::ranges::find(properties, property, &Property::name);
    return found == properties.end() ? nullptr : &*found;
}

std::span<const Shape> all_shapes() {
    static const std::vector<Shape> kShapes = parse_tables();
    return kShapes;
}

const Shape* find_shape(std::string_view name) {
    const auto shapes = all_shapes();
    const auto found = std::ranges::find(shapes, name, &Shape::name);
    return found == shapes.end() ? nullptr : &*found;
}

bool is_ignored_type(std::string_view type) {
    constexpr std::array<std::string_view, 11> kIgnored{"AWS::ApiGateway::Account",
                                                        "AWS::ApiGateway::DocumentationPart",
                                                        "AWS::ApiGateway::DocumentationVersion",
                                                        "AWS::CDK::Metadata",
                                                        "AWS::CertificateManager::Certificate",
                                                        "AWS::CloudWatch::Alarm",
                                                        "AWS::EC2::SecurityGroup",
                                                        "AWS::EC2::Subnet",
                                                        "AWS::EC2::VPC",
                                                        "AWS::Lambda::LayerVersionPermission",
                                                        "AWS::Logs::LogGroup"};
    return type.starts_with("AWS::IAM::") || std::ranges::find(kIgnored, type) != kIgnored.end();
}

void check_property(const Entry& entry, std::string_view shape, const std::string& owner, Findings& findings) {
    const Shape* known = find_shape(shape);
    if (known == nullptr) return;
    const Property* property = known->find(entry.key);
    if (property == nullptr) return report_unknown(entry, *known, owner, findings);
    const std::string place = std::string(shape) + '.' + entry.key;
    findings.meet(place);
    check_value(entry.value, place, findings);
    if (property->care == Care::noticed && entry.node && entry.value.present() && entry.value.text != "false") {
        findings.note(*entry.node, "'" + entry.key + "' of " + owner + " is not emulated");
    }
    if (property->shape.empty()) return;
    check_kind(entry.value, *property, place, findings);
    check_held(entry.value, *property, owner, findings);
}

void check_properties(const Value& value, std::string_view shape, const std::string& owner, Findings& findings) {
    for (const Entry& entry : value.members) check_property(entry, shape, owner, findings);
}

}  // namespace understudy::app::templates
