#pragma once

#include "emulator/app/application.hpp"
#include "emulator/app/template.hpp"
#include "emulator/app/template/evaluator.hpp"
#include "emulator/app/template/findings.hpp"
#include "emulator/app/template/globals.hpp"
#include "emulator/app/template/names.hpp"
#include "emulator/app/template/value.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app::templates {

/// A resource whose condition holds, its properties resolved and those of Globals laid under them.
struct Resource {
    std::string id;
    std::string type;
    source::Node key;
    Value properties;
    Value metadata;
};

/// What a route says of itself, so that an API's defaults do not count for it.
struct RouteMarks {
    bool authorizer = false;
    bool api_key = false;
    bool inherited = false;  ///< What it has is the whole document's `security`, which one of its own replaces.
};

/// A method of a definition that has no integration; an event may bring one.
struct Unfinished {
    std::string method;
    std::string path;
    Value value;
};

/// An API while it is put together.
struct ApiDraft {
    std::string id;  ///< The logical id.
    std::string type;
    source::Node node;
    Value properties = {};
    Api api = {};
    std::vector<RouteMarks> marks = {};  ///< One for each route.
    std::vector<Unfinished> unfinished = {};
    std::vector<std::pair<std::string, Throttle>> route_throttles = {};  ///< What events say of their routes.
    std::string base_path = {};  ///< What `basepath` puts before the paths of a definition: `/v1`.
    bool has_body = false;       ///< A definition of the user's, which SAM's events do not always extend.
};

/// What the parts of the reader share.
struct Reading {
    const TemplateInputs& inputs;
    Findings& findings;
    Evaluator evaluator;
    Globals globals = {};
    std::vector<Resource> resources = {};
    std::deque<ApiDraft> drafts = {};
    Application application = {};
    std::set<std::pair<std::string, std::string>> base_paths = {};  ///< Of all APIs: the domain and the path.
    std::set<std::string, std::less<>> called_by_roles =
        {};  ///< Functions that an integration calls with a role's rights.
    /// Authorizers, by API id and name, that may invoke their functions: by a role, or by a permission that SAM makes.
    std::set<std::pair<std::string, std::string>> trusted_authorizers = {};

    Reading(const TemplateInputs& given, Findings& all) : inputs(given), findings(all), evaluator(given, all) {}

    const Resource* find(std::string_view id) const;
    /// The API that a value refers to, or names by its id; nullptr for an API elsewhere.
    ApiDraft* find_api(const Value& reference);
    Function* find_function(std::string_view name);
};

/// Whether SAM takes events of such a resource: a function or a state machine.
bool has_events(const Resource& resource);

/// `Function 'Search'`: a resource as messages call it.
std::string describe(const Resource& resource);

/// Whether a path ends in `/` and is not the root's.
bool ends_in_slash(std::string_view path);

/// Adds a route, unless its method and path are taken.
void add_route(ApiDraft& draft, Route route, RouteMarks marks, const Value& origin, Findings& findings);

/// Whether a name is a custom domain's own: not where it is made up, nor where AWS may have several of that name.
enum class Known : std::uint8_t { no, yes };

/// Gives an API a path of a custom domain, unless the domain is known and has it already, which AWS refuses: at
/// `origin`. The domain is not looked at where it has no name here.
void add_base_path(ApiDraft& draft, BasePath mapping, Known domain, const Value& origin, Reading& reading);

/// The function that a URI, an ARN or a name means. Says so where it is not in the template.
LambdaTarget read_target(const Value& value, Reading& reading);

/// Lets an authorizer ask the function, by its alias or version, that such a text names.
void set_function(Authorizer& authorizer, const Value& value, Reading& reading);

// Values of a type; absent values are none, others of a wrong type a finding.
std::optional<std::int64_t> read_integer(const Value& value, Findings& findings);
std::optional<int> read_int(const Value& value, Findings& findings);
std::optional<double> read_number(const Value& value, Findings& findings);
std::optional<std::chrono::seconds> read_seconds(const Value& value, Findings& findings);
std::optional<std::chrono::milliseconds> read_milliseconds(const Value& value, Findings& findings);
std::string read_text(const Value& value, Findings& findings);
std::vector<std::string> read_texts(const Value& value, Findings& findings);
/// A map of texts, in order; booleans as CloudFormation spells them.
std::vector<std::pair<std::string, std::string>> read_pairs(const Value& value, Findings& findings);

}  // namespace understudy::app::templates
