#include "tools/understudy/ready.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace understudy::cli {
std::string render_ready_line(const Endpoints& endpoints, const app::Application& application, int pid) {
    boost::json::array functions, apis;
    for (const app::Function& function : application.functions)
        functions.push_back(boost::json::object{{"name", function.name}});
    for (const auto& api : endpoints.apis) {
        apis.push_back(boost::json::object{
            {"id", api.id}, {"kind", app::kind_name(api.kind)}, {"name", api.name}, {"url", api.url}});
    }
    return boost::json::serialize(boost::json::object{{"pid", pid},
                                                      {"gateway", endpoints.gateway},
                                                      {"lambda", endpoints.lambda},
                                                      {"functions", std::move(functions)},
                                                      {"apis", std::move(apis)}});
}

}  // namespace understudy::cli
