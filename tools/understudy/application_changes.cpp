#include "tools/understudy/application_changes.hpp"

#include "tools/understudy/banner.hpp"
#include "tools/understudy/route_key.hpp"

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

/// Phrases, and commas between them.
class Phrases {
  public:
    void add(const std::string& phrase) { text_ += (text_.empty() ? "" : ", ") + phrase; }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

const app::Api* find_api(const app::Application& application, const app::Api& api) {
    const auto found = std::ranges::find_if(
        application.apis, [&](const app::Api& other) { return other.kind == api.kind && other.name == api.name; });
    return found == application.apis.end() ? nullptr : &*found;
}

std::string url_of(const Endpoints& endpoints, const app::Api& api) {
    const auto found = std::ranges::find_if(endpoints.apis, [&](const Endpoints::Api& endpoint) {
        return endpoint.kind == api.kind && endpoint.name == api.name;
    });
    return found == endpoints.apis.end() ? std::string() : found->url;
}

std::string name_api(const app::Api& api) {
    return std::string(kind_title(api.kind)) + ' ' + api.name;
}

/// Where a route stands in the template is nothing of its own.
app::Route without_line(app::Route route) {
    route.line = 0;
    return route;
}

/// An API without what callers of it do not see.
app::Api without_places(app::Api api) {
    api.id.clear();
    for (app::Route& route : api.routes) route.line = 0;
    return api;
}

/// What is told of an API in one phrase where any of it differs.
app::Api settings_of(app::Api api) {
    api.id.clear();
    api.name.clear();
    api.routes.clear();
    return api;
}

bool is_renamed(const app::Api& old, const app::Api& now) {
    app::Api renamed = without_places(old);
    renamed.name = now.name;
    return renamed == without_places(now);
}

void add_functions(Phrases& phrases, const app::Application& before, const app::Application& now,
                   const Rebuilt& rebuilt) {
    for (const app::Function& function : now.functions) {
        const auto old = std::ranges::find(before.functions, function.name, &app::Function::name);
        if (old == before.functions.end()) {
            phrases.add("function " + function.name + " is new");
        } else if (rebuilt.functions.contains(function.name)) {
            phrases.add("function " + function.name + (rebuilt.asked ? " is started anew" : " has new code"));
        } else if (*old != function) {
            phrases.add("function " + function.name + " is set up anew");
        }
    }
    for (const app::Function& function : before.functions) {
        if (std::ranges::find(now.functions, function.name, &app::Function::name) == now.functions.end())
            phrases.add("function " + function.name + " is gone");
    }
}

std::vector<std::string> keys_of(const app::Api& api) {
    std::vector<std::string> keys;
    for (const app::Route& route : api.routes) keys.push_back(render_route_key(api, route));
    return keys;
}

/// `2 new (GET /a, GET /b), 1 gone (GET /c)`; empty where the routes are the same.
std::string describe_routes(const app::Api& before, const app::Api& now) {
    std::vector<std::string> fresh, gone, changed;
    const std::vector<std::string> old_keys = keys_of(before);
    const std::vector<std::string> keys = keys_of(now);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto old = std::ranges::find(old_keys, keys[i]);
        if (old == old_keys.end()) {
            fresh.push_back(keys[i]);
        } else if (without_line(before.routes[static_cast<std::size_t>(old - old_keys.begin())]) !=
                   without_line(now.routes[i])) {
            changed.push_back(keys[i]);
        }
    }
    for (const std::string& key : old_keys) {
        if (std::ranges::find(keys, key) == keys.end()) gone.push_back(key);
    }
    Phrases phrases;
    const auto add = [&phrases](const std::vector<std::string>& routes, const char* what) {
        if (!routes.empty()) phrases.add(std::to_string(routes.size()) + what + " (" + render_first(routes) + ')');
    };
    add(fresh, " new");
    add(gone, " gone");
    add(changed, " changed");
    return phrases.text();
}

void add_stages(Phrases& phrases, const app::Api& before, const app::Api& now) {
    for (const app::Stage& stage : now.stages) {
        if (std::ranges::find(before.stages, stage.name, &app::Stage::name) == before.stages.end())
            phrases.add(name_api(now) + " has the new stage " + stage.name);
    }
    for (const app::Stage& stage : before.stages) {
        if (std::ranges::find(now.stages, stage.name, &app::Stage::name) == now.stages.end())
            phrases.add(name_api(now) + " has no stage " + stage.name + " any more");
    }
}

/// What differs in an API that both have.
void add_api(Phrases& phrases, const ServedAs& before, const app::Api& old, const ServedAs& now, const app::Api& api) {
    add_stages(phrases, old, api);
    if (const std::string url = url_of(now.endpoints, api); url != url_of(before.endpoints, old))
        phrases.add(name_api(api) + " answers at " + url);
    if (const std::string routes = describe_routes(old, api); !routes.empty())
        phrases.add("routes of " + name_api(api) + ": " + routes);
    app::Api known = settings_of(old);
    // Stages that have come or gone are told by name.
    if (!std::ranges::equal(old.stages, api.stages, {}, &app::Stage::name, &app::Stage::name))
        known.stages = api.stages;
    if (known != settings_of(api)) phrases.add(name_api(api) + " is set up anew");
}

void add_apis(Phrases& phrases, const ServedAs& before, const ServedAs& now) {
    std::vector<const app::Api*> gone;
    for (const app::Api& old : before.application.apis) {
        if (find_api(now.application, old) == nullptr) gone.push_back(&old);
    }
    for (const app::Api& api : now.application.apis) {
        if (const app::Api* old = find_api(before.application, api)) {
            add_api(phrases, before, *old, now, api);
            continue;
        }
        const std::string where = " at " + url_of(now.endpoints, api);
        const auto old = std::ranges::find_if(gone, [&](const app::Api* each) { return is_renamed(*each, api); });
        if (old == gone.end()) {
            const std::string routes = describe_routes({.kind = api.kind}, api);
            phrases.add(name_api(api) + " is new" + where + (routes.empty() ? "" : ", its routes: " + routes));
        } else {
            phrases.add(name_api(**old) + " is " + api.name + " now," + where);
            gone.erase(old);
        }
    }
    for (const app::Api* api : gone) phrases.add(name_api(*api) + " is gone");
}

bool has_same_keys(const app::Application& one, const app::Application& other) {
    return one.api_keys == other.api_keys && one.usage_plans == other.usage_plans;
}

}  // namespace

std::string describe_changes(const ServedAs& before, const ServedAs& now, const Rebuilt& rebuilt) {
    Phrases phrases;
    add_functions(phrases, before.application, now.application, rebuilt);
    add_apis(phrases, before, now);
    if (!has_same_keys(before.application, now.application)) phrases.add("API keys and usage plans are set up anew");
    if (before.application.region != now.application.region) phrases.add("the region is " + now.application.region);
    return phrases.text();
}

std::string render_new_keys(const app::Application& before, const app::Application& now) {
    std::string lines;
    for (const app::ApiKey& key : now.api_keys) {
        if (key.generated && std::ranges::find(before.api_keys, key) == before.api_keys.end())
            lines += render_made_up_key(key);
    }
    return lines;
}

bool is_same_application(const app::Application& one, const app::Application& other) {
    return one.functions == other.functions && has_same_keys(one, other) && one.region == other.region &&
           std::ranges::equal(one.apis, other.apis, {}, without_places, without_places);
}

std::string render_first(const std::vector<std::string>& names) {
    constexpr std::size_t kMost = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
    return text;
}

}  // namespace understudy::cli
