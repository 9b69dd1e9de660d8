#pragma once

#include "emulator/app/application.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// The API that a request is for, and the way to it.
struct Selection {
    std::size_t api = 0;  ///< Which of `app::Application::apis`.
    Entrance entrance;

    friend bool operator==(const Selection&, const Selection&) = default;
};

/// Why a request is for no API.
enum class Unselected : std::uint8_t {
    unknown_url,        ///< A function URL's host of no function.
    unknown_host,       ///< An API's host of no API; on AWS the name is in no DNS.
    unknown_base_path,  ///< A custom domain, but none of its mappings.
    unknown_name,       ///< `/_apis/NAME/` of no API.
    ambiguous,          ///< Nothing says which of the APIs.
};

/// Which API of an application a request is for, on the one listener of them all:
/// - by the API's host, `<id or name>.execute-api.localhost`, also with a region in front of `localhost` or
///   `amazonaws.com`; the stage is then in the path as on AWS;
/// - by a function URL's host, `<id or name>.lambda-url.localhost`, also with a region in front of that or of `on.aws`;
///   the URL of an alias has its function's name too, unless the function has a URL of its own;
/// - by a load balancer's host, `<name>.elb.localhost`;
/// - by a custom domain, the longest base path first;
/// - by path, for clients that cannot choose their host: `/_apis/<name or id>/…` is `…` of that API, and where
///   there is none at the root `/lambda-url/<name or id>/…` of that function URL;
/// - else the API at the root, with its stage implied.
/// Ids and names of hosts compare without case.
///
/// Tested by: ApiSelector.Hosts, ApiSelector.CustomDomains, ApiSelector.Paths, ApiSelector.WhatNamesNoApi,
/// ApiSelector.AFunctionUrlHasCargoLambdasPathWhereNothingIsAtTheRoot
class ApiSelector {
  public:
    /// Copies what it needs; ids must be there. `at_root`: what answers requests that name no API.
    ApiSelector(const app::Application& application, std::optional<std::size_t> at_root);

    /// `host` without its port; `path` begins with `/`.
    std::variant<Selection, Unselected> select(std::string_view host, std::string_view path) const;

    /// Whether the application itself says that it answers under this name: a custom domain of its, or a host that one
    /// of its APIs or function URLs has on AWS. `host` without its port. Tested by:
    /// Application.AWebPageMayCallTheHostsThatAreDeclared
    bool declares(std::string_view host) const;

    /// What a client gets that asked for no API.
    http::Response refuse(Unselected why) const;

  private:
    struct Mapping {
        std::string base_path;  ///< With a slash in front; empty: the root.
        std::size_t api;
        std::optional<std::size_t> stage;  ///< `Entrance::stage`
    };
    using Names = std::map<std::string, std::size_t, std::less<>>;

    void add_names(const app::Api& api, std::size_t index);
    void add_function_name(const app::Api& api, std::size_t index);
    std::variant<Selection, Unselected> select_mapping(const std::vector<Mapping>& mappings,
                                                       std::string_view path) const;

    Names apis_;  ///< REST, HTTP and WebSocket, by id and name in lower case.
    Names urls_;
    Names load_balancers_;
    Names all_;        ///< By id and name as they are written.
    Names url_paths_;  ///< Function URLs, likewise.
    std::map<std::string, std::vector<Mapping>, std::less<>> domains_;
    std::vector<std::string> names_;
    std::optional<std::size_t> at_root_;
};

/// The only API of an application; nullopt where there are none or several.
std::optional<std::size_t> sole_api(const app::Application& application);

}  // namespace understudy::gateway
