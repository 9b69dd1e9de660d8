#include "handler/runtime/failure.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <typeinfo>

namespace understudy::runtime {
namespace {

std::string to_readable(const char* mangled) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> readable(abi::__cxa_demangle(mangled, nullptr, nullptr, &status),
                                                          std::free);
    return readable == nullptr ? mangled : readable.get();
}

bool is_utf8(const std::string& json) {
    boost::json::error_code error;
    boost::json::parse(json, error);
    return !error;
}

std::string render(const Failure& failure) {
    return boost::json::serialize(boost::json::object{
        {"errorMessage", failure.message}, {"errorType", failure.type}, {"stackTrace", boost::json::array()}});
}

}  // namespace

Failure describe_current_exception() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    Failure failure{.type = type == nullptr ? "unknown" : to_readable(type->name()), .message = {}};
    try {
        throw;
    } catch (const std::exception& error) {
        failure.message = error.what();
    } catch (...) {
        failure.message = "an exception that is no std::exception";
    }
    return failure;
}

std::string render_failure(const Failure& failure) {
    std::string json = render(failure);
    if (is_utf8(json)) return json;
    std::ranges::replace_if(
        json, [](char c) { return static_cast<unsigned char>(c) > 0x7f; }, '?');
    return json;
}

}  // namespace understudy::runtime
