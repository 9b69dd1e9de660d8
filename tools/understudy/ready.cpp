#include "tools/understudy/ready.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace understudy::cli {
std::string render_ready_line(const Endpoints& endpoints, const app::Application& application, int pid,
                              const std::string& grpc) {
    boost::json::array functions, apis;
    for (const app::Function& function : application.functions)
        functions.push_back(boost::json::object{{"name", function.name}});
    for (const auto& api : endpoints.apis) {
        boost::json::object told{
            {"id", api.id}, {"kind", app::kind_name(api.kind)}, {"name", api.name}, {"url", api.url}};
        boost::json::array stages;
        for (const auto& stage : api.stages) stages.push_back({{"name", stage.name}, {"url", stage.url}});
        if (!stages.empty()) told["stages"] = std::move(stages);
        apis.push_back(std::move(told));
    }
    boost::json::object ready{{"pid", pid}, {"gateway", endpoints.gateway}, {"lambda", endpoints.lambda}};
    if (!grpc.empty()) ready["grpc"] = grpc;
    ready["functions"] = std::move(functions);
    ready["apis"] = std::move(apis);
    boost::json::array keys;
    for (const app::ApiKey& key : application.api_keys) {
        if (key.generated) keys.push_back(boost::json::object{{"name", key.name}, {"value", key.value}});
    }
    if (!keys.empty()) ready["apiKeys"] = std::move(keys);
    return boost::json::serialize(ready);
}

}  // namespace understudy::cli
