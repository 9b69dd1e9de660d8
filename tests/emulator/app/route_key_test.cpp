#include "emulator/app/route_key.hpp"

#include <gtest/gtest.h>

namespace understudy::app::route_key_test {
namespace {

TEST(RouteKey, HasTheMethodWhereTheRouteHasOne) {
    EXPECT_EQ(route_key({.method = "GET", .path = "/users/{id}", .integration = {}}), "GET /users/{id}");
    EXPECT_EQ(route_key({.path = "$default", .integration = {}}), "$default");
}

}  // namespace
}  // namespace understudy::app::route_key_test
