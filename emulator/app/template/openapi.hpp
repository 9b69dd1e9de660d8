#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// Reads an OpenAPI 3 or Swagger 2 document with API Gateway's extensions into an API.
void read_openapi_body(const Value& body, ApiDraft& draft, Reading& reading);

/// What `basepath` of an import (`prepend`, `split`, else ignored) puts before a document's paths: `/v1`, or nothing.
/// The base is Swagger's `basePath`, or the path of OpenAPI 3's first server.
std::string read_base_path(const Value& body, std::string_view mode);

/// The authorizers among a document's security schemes, into the API.
void read_security_schemes(const Value& body, Api& api, Reading& reading);

/// What a list of security requirements asks of callers, by the document's schemes. Notes those that API Gateway
/// ignores.
Access read_security(const Value& requirements, const Value& body, RouteMarks& marks, Findings& findings);

/// What a method's `x-amazon-apigateway-auth` asks of callers, over its security; what is not emulated lets nobody in.
void read_method_auth(const Value& auth, Access& access, RouteMarks& marks, Findings& findings);

/// An API's methods in upper case: `get` is `GET`, `x-amazon-apigateway-any-method` and `any` are `ANY`. Empty for what
/// is no method.
std::string to_method(std::string_view name);

}  // namespace understudy::app::templates
