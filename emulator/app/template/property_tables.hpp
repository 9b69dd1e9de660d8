#pragma once

#include <span>
#include <string_view>

namespace understudy::app::templates {

/// A row of the tables: a resource type, or a part of one, and its properties in one text of words. A word is a name;
/// `~` behind it: ignored on purpose; `!`: noticed as not emulated; `=Shape`, `={}Shape`, `=[]Shape`: what it holds,
/// or what a map or list of it holds.
struct PropertyTable {
    std::string_view shape;
    bool strict = false;
    std::string_view properties;
};

/// `AWS::Serverless::*`: SAM refuses what is not listed.
std::span<const PropertyTable> serverless_tables();
/// `AWS::ApiGateway::*`, `AWS::ApiGatewayV2::*` and the extensions of OpenAPI documents.
std::span<const PropertyTable> gateway_tables();
/// `AWS::Lambda::*` and `AWS::ElasticLoadBalancingV2::*`.
std::span<const PropertyTable> other_tables();

}  // namespace understudy::app::templates
