#include "tools/understudy/settings.hpp"

namespace understudy::cli {

Settings to_settings(const FunctionOptions& options) {
    Settings settings;
    settings.application = options.application;
    settings.max_environments = options.max_environments;
    settings.clock_scale = options.clock_scale;
    settings.seed = options.seed;
    settings.credentials = options.inherit_credentials ? Credentials::inherit : Credentials::dummy;
    settings.strict_environment = options.strict_environment;
    return settings;
}

}  // namespace understudy::cli
