#include "tools/understudy/ready.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace understudy::cli {
namespace {

source::Problem unwritable(const std::string& path) {
    return {source::ProblemCode::unreadable, "cannot write the ready file '" + path + "': " + std::strerror(errno)};
}

}  // namespace

std::string render_ready_line(const Endpoints& endpoints, const app::Application& application, int pid,
                              const std::string& grpc) {
    boost::json::array functions, apis;
    for (const app::Function& function : application.functions)
        functions.push_back(boost::json::object{{"name", function.name}});
    for (const auto& api : endpoints.apis) {
        apis.push_back(boost::json::object{
            {"id", api.id}, {"kind", app::kind_name(api.kind)}, {"name", api.name}, {"url", api.url}});
    }
    boost::json::object ready{{"pid", pid}, {"gateway", endpoints.gateway}, {"lambda", endpoints.lambda}};
    if (!grpc.empty()) ready["grpc"] = grpc;
    ready["functions"] = std::move(functions);
    ready["apis"] = std::move(apis);
    return boost::json::serialize(ready);
}

source::Result<void> write_ready_file(const std::string& path, const std::string& content) {
    const std::string draft = path + ".part";
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file) return unwritable(path);
    if (std::rename(draft.c_str(), path.c_str()) != 0) {
        const source::Problem problem = unwritable(path);
        std::remove(draft.c_str());
        return problem;
    }
    return {};
}

}  // namespace understudy::cli
