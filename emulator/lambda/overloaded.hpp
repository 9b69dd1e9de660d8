#pragma once

namespace understudy::lambda {

/// One function object made of several, for `std::visit`: one for each alternative of a variant.
template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace understudy::lambda
