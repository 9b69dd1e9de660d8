#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/scenario.hpp"

#include <google/protobuf/message.h>

#include <understudy/v1/scenario.pb.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// The parts of a scenario file become what is run: names are looked up, paths begin at the file's folder, rules that
/// the schema cannot state are checked. Problems are added at their places.
class Resolver {
  public:
    /// `folder` is the scenario file's own. Lifetime: `problems` must outlive it.
    Resolver(std::string folder, std::vector<source::Problem>& problems);

    SchemaFiles resolve_schema(const v1::Schema& schema, source::Node node);
    void resolve_application(const v1::Application& application, source::Node node, Scenario& scenario);
    /// Preconditions: the scenario's descriptors are set.
    void resolve_step(const v1::Step& step, source::Node node, Scenario& scenario);

  private:
    std::vector<std::string> resolve_import_paths(const v1::Schema& schema, source::Node node);
    void check_proto_files(const SchemaFiles& files, source::Node node);
    void resolve_limits(const v1::Application& application, source::Node node, app::Function& function);
    void resolve_fronts(const v1::Application& application, source::Node node, Scenario& scenario);
    const google::protobuf::MethodDescriptor* resolve_method(const v1::Step& step, source::Node node,
                                                             const Descriptors& descriptors);
    std::shared_ptr<google::protobuf::Message> read_message(std::optional<source::Node> node,
                                                            const google::protobuf::Descriptor& type,
                                                            const Descriptors& descriptors);
    std::vector<WrittenHeader> read_headers(std::optional<source::Node> node);
    Expectation resolve_expectation(const v1::Step& step, source::Node node, const Step& resolved,
                                    const Descriptors& descriptors);

    std::string path(const std::string& written) const;
    void add(source::Node node, std::string message, std::string note);

    std::string folder_;
    std::vector<source::Problem>& problems_;
};

/// The value that `node`, a message of `type`, writes for the field `name`; nullopt where it writes none.
std::optional<source::Node> find_written(source::Node node, const google::protobuf::Descriptor& type,
                                         std::string_view name);

}  // namespace understudy::scenario
