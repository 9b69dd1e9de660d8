#include "emulator/app/route_key.hpp"

namespace understudy::app {

std::string route_key(const Route& route) {
    return route.method.empty() ? route.path : route.method + ' ' + route.path;
}

}  // namespace understudy::app
